#!/bin/bash
# A root of its own for the readers of a guide: the machine's files with a layer over them that goes with this process, the
# package's files, the accounts, and stand-ins for what would change the machine (systemd, dpkg, udev). Runs each line of
# /opt/guide/lines as the account that N.who names, with root's preparation of it first (N.prepare) and what is typed at a
# terminal (N.typed), and prints its exit code.
# Arguments: the repository, the runtime, the staged package, the folder with the lines, the modem's port, the language.
set -e
home=$1 node=$2 stage=$3 lines=$4 port=$5 language=$6
mount -t tmpfs -o suid,dev none /mnt
mkdir /mnt/upper /mnt/work /mnt/room
mount -t overlay -o lowerdir=/,upperdir=/mnt/upper,workdir=/mnt/work none /mnt/room
room=/mnt/room
mount --rbind /dev $room/dev
mount -t proc none $room/proc
mount -t tmpfs -o mode=1777 none $room/tmp
mount -t tmpfs -o mode=1777 none $room/var/tmp
mount -t tmpfs none $room/run
for folder in "$home" "$(dirname "$node")"; do
  mkdir -p "$room$folder"
  mountpoint -q "$room$folder" || mount --bind "$folder" "$room$folder"
done
cp -r "$stage"/usr/share/doc/visitlog $room/usr/share/doc/
mkdir -p $room/opt/guide $room/run/systemd/system $room/usr/lib/systemd/system $room/media/usb
cp "$stage"/usr/lib/systemd/system/visitlog* $room/usr/lib/systemd/system/
cp -r "$lines" $room/opt/guide/lines
cc -o $room/opt/guide/sudo "$home/test/docs/guide/sudo.c"
chmod 4755 $room/opt/guide/sudo

stand_in() {
  cat >"$room/opt/guide/$1"
  chmod 755 "$room/opt/guide/$1"
}
stand_in visitlog <<<"#!/bin/sh
exec '$node' '$home/dist/cli/main.js' \"\$@\""
for name in dpkg apt-get udevadm journalctl; do stand_in $name <<<'#!/bin/sh'; done
stand_in nano <<<'#!/bin/sh
echo 1234 >"$1"'
stand_in ssh <<<'#!/bin/sh
grep -h audit.anchored /var/log/visitlog.log'
# The gateway's unit, run as its account, and the socket that it brings along.
stand_in systemctl <<SCRIPT
#!/bin/bash
accept='$home/test/support/accept-door.py'
SCRIPT
cat >>$room/opt/guide/systemctl <<'SCRIPT'
while [[ $1 == --* ]]; do shift; done
order=$1
[[ " $* " == *' visitlog'* ]] || exit 0
pid() { cat /run/visitlog.pid 2>/dev/null; }
stop() { [ -z "$(pid)" ] || { kill "$(pid)" 2>/dev/null; while kill -0 "$(pid)" 2>/dev/null; do sleep 0.1; done; rm -f /run/visitlog.pid; }; }
open_door() {
  [ ! -S /run/visitlog-door/door.sock ] || return 0
  mkdir -p /run/visitlog-door
  # In the environment of a service, not of whoever starts it.
  env -i PATH="$PATH" LANG=C.UTF-8 python3 "$accept" /run/visitlog-door/door.sock "$(id -u visitlog)" "$(id -g visitlog)" \
    /opt/guide/visitlog door --instance %i >>/var/log/visitlog-door.log 2>&1 </dev/null &
}
start() {
  open_door
  [ -n "$(pid)" ] && kill -0 "$(pid)" 2>/dev/null && return
  setpriv --reuid=visitlog --regid=visitlog --init-groups visitlog run >>/var/log/visitlog.log 2>&1 </dev/null &
  echo $! >/run/visitlog.pid
  for try in $(seq 300); do
    [ -S /run/visitlog/visitlog.sock ] && return
    kill -0 $! 2>/dev/null || { rm -f /run/visitlog.pid; exit 1; }
    sleep 0.1
  done
  exit 1
}
case $order in
  stop | disable) stop ;;
  start) start ;;
  enable) [[ " $* " == *' --now '* ]] && start ;;
  restart) stop; start ;;
  reload) kill -HUP "$(pid)" ;;
esac
exit 0
SCRIPT

cat >$room/opt/guide/play <<'SCRIPT'
#!/bin/bash
export PATH=/opt/guide:/usr/sbin:/usr/bin:/sbin:/bin
for group in visitlog visitlog-desk visitlog-officer visitlog-clerk visitlog-auditor; do groupadd --system $group; done
useradd --system --gid visitlog --no-create-home --home-dir /var/lib/visitlog visitlog
for person in admin kim park han desk officer clerk auditor stranger; do useradd --create-home --shell /bin/bash $person; done
usermod --append --groups visitlog admin
for role in desk officer clerk auditor; do usermod --append --groups visitlog-$role $role; done
install -d -m 750 -o root -g visitlog /etc/visitlog
install -d -m 700 -o visitlog -g visitlog /var/lib/visitlog
install -d -m 755 -o visitlog -g visitlog /run/visitlog
printf '[[line]]\nport = "tcp://127.0.0.1:%s"\nnumber = "031-324-2900"\n' "$1" >/etc/visitlog/visitlog.toml
cd /home/admin
echo package >visitlog_0.1.0_amd64.deb
sha256sum visitlog_0.1.0_amd64.deb >visitlog_0.1.0_amd64.deb.sha256
chown admin: visitlog_*
cd /opt/guide/lines
for line in $(printf '%s\n' * | grep -x '[0-9]*' | sort -n); do
  [ ! -e $line.prepare ] || bash -e $line.prepare >&2
  [ ! -e /opt/guide/replace ] || sed -i -f /opt/guide/replace $line
  who=admin
  [ ! -e $line.who ] || who=$(<$line.who)
  command=(bash -c "cd; $(<$line)")
  [ ! -e $line.typed ] || command=(python3 "$2" $line.typed "${command[@]}")
  # A line that shows something until it is stopped is stopped, as by Ctrl-C.
  setpriv --reuid=$who --regid=$who --init-groups --reset-env \
    env PATH=/opt/guide:/usr/bin:/bin HOME=/home/$who LANG="$3" \
    timeout --preserve-status --signal=INT --kill-after=20 120 "${command[@]}" >/opt/guide/said 2>&1 </dev/null
  code=$?
  printf '%s\t%s\t%s\n' "$line" "$code" "$(tail -c 2000 /opt/guide/said | tr '\n\t\r' '   ')"
  grep -oE '^([A-Z2-9]{4}-){3}[A-Z2-9]{4}$' /opt/guide/said >/opt/guide/found && cp /opt/guide/found /opt/guide/code
  grep -o '^age1[a-z0-9]*' /opt/guide/said >/opt/guide/found && cp /opt/guide/found /opt/guide/key
done
systemctl stop visitlog
SCRIPT
chmod 755 $room/opt/guide/play
chroot $room /bin/bash /opt/guide/play "$port" "$home/test/docs/guide/typist.py" "$language"
