#!/bin/sh
exec /usr/lib/visitlog/bin/node /usr/lib/visitlog/dist/cli/main.js "$@"
