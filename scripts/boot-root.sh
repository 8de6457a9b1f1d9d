# Boots Debian roots with their own systemd, without a network. To be sourced, after `scratch` names a folder that may be
# thrown away; whoever sources it calls `halt_all` at its end.
boots=() inits=()

# clean_root DIR SUITE: makes one to copy from, if there is none.
clean_root() {
  [ ! -e "$1/usr/lib/systemd/systemd" ] || return 0
  command -v debootstrap >/dev/null || { echo 'debootstrap is missing: apt-get install debootstrap' >&2; return 1; }
  debootstrap --include=systemd,systemd-sysv,udev,dbus --variant=minbase "$2" "$1" \
    http://deb.debian.org/debian >"$scratch/debootstrap.log"
}

# copy_root CLEAN MACHINE
copy_root() {
  cp -a "$1" "$2"
  # The root is thrown away, and dpkg's syncs of each file would take most of the time.
  mkdir -p "$2/etc/dpkg/dpkg.cfg.d"
  echo force-unsafe-io >"$2/etc/dpkg/dpkg.cfg.d/quick"
}

# boot MACHINE: sets `init` to the process that enters it.
boot() {
  local container
  # systemd wants the unified hierarchy, with a group of its own; the mount is this container's alone, whatever the host has.
  unshare --mount sh -euc "
    mount --make-rprivate /
    if [ ! -e /sys/fs/cgroup/cgroup.controllers ]; then umount -R /sys/fs/cgroup; mount -t cgroup2 cgroup2 /sys/fs/cgroup; fi
    mkdir -p '/sys/fs/cgroup/visitlog-$$-${#boots[@]}'
    echo \$\$ >'/sys/fs/cgroup/visitlog-$$-${#boots[@]}/cgroup.procs'
    exec systemd-nspawn --quiet --register=no --keep-unit --private-network --console=pipe -D '$1' --boot" \
    </dev/null >"$1.log" 2>&1 &
  container=$!
  boots+=("$container")
  for _ in $(seq 60); do
    sleep 1
    init=$(pgrep -P "$container" -f /usr/lib/systemd/systemd || true)
    [ -n "$init" ] && nsenter -t "$init" -a systemctl is-system-running 2>/dev/null | grep -q 'running\|degraded' && { inits+=("$init"); return 0; }
  done
  echo "$1 did not boot" >&2
  cat "$1.log" >&2
  return 1
}

# inside INIT COMMAND…: the environment of whoever calls this is not that of the machine.
inside() {
  nsenter -t "$1" -a env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8 DEBIAN_FRONTEND=noninteractive "${@:2}"
}

# At once: nobody needs what is in them any more.
halt_all() {
  [ ${#inits[@]} = 0 ] || kill -KILL "${inits[@]}" 2>/dev/null || true
  [ ${#boots[@]} = 0 ] || kill "${boots[@]}" 2>/dev/null || true
  wait 2>/dev/null || true
}
