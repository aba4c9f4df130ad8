#!/usr/bin/env bats
# What systemd really does with a holder that ends, and with one that pf advises to stop.

load ../helpers/common
load situation

server='/usr/bin/python3 -m http.server --bind 127.0.0.1'

setup_file() {
  ssh-keygen -q -t ed25519 -N '' -f /root/.ssh/own
  cat /root/.ssh/own.pub >>/root/.ssh/authorized_keys
}

@test "a service that systemd restarts is stopped as a unit" {
  unit always.service '[Service]' "ExecStart=$server 7100" Restart=always RestartSec=200ms
  systemctl start always
  await_port 7100
  refuses 7100
  frees 7100 'systemctl stop always.service'
}

@test "a service that nothing restarts is stopped as a unit, too" {
  unit plain.service '[Service]' "ExecStart=$server 7101"
  systemctl start plain
  await_port 7101
  frees 7101 'systemctl stop plain.service'
}

@test "a socket that systemd holds is stopped by its unit" {
  unit echo.socket '[Socket]' ListenStream=127.0.0.1:7102 Accept=yes
  unit echo@.service '[Service]' ExecStart=/bin/cat StandardInput=socket
  systemctl start echo.socket
  await_port 7102
  refuses 7102
  frees 7102 'systemctl stop echo.socket'
}

@test "a service and the socket that starts it are stopped together" {
  unit proxied.socket '[Socket]' ListenStream=127.0.0.1:7106
  unit proxied.service '[Service]' \
    'ExecStart=/lib/systemd/systemd-socket-proxyd 127.0.0.1:7107'
  systemctl start proxied.socket
  await_port 7106
  # The connection starts the service, which then holds the socket as well.
  (exec 3<>/dev/tcp/127.0.0.1/7106) || true
  frees 7106 'systemctl stop proxied.socket proxied.service'
}

@test "a service whose program is started by a script comes back unless its unit is stopped" {
  unit worker.service '[Service]' "ExecStart=/bin/sh -c 'while :; do $server 7103; sleep 1; done'"
  systemctl start worker
  await_port 7103
  frees 7103 'systemctl stop worker.service'
}

@test "a service that another unit upholds is not said to stay away" {
  unit upholder.target '[Unit]' Upholds=upheld.service
  unit upheld.service '[Service]' "ExecStart=$server 7104"
  systemctl start upholder.target
  await_port 7104
  capture_run pf --why 7104
  equal "the reason" "$(grep 'to free it' <<<"$stdout")" \
    '  to free it  upholder.target would start it again (Upholds=): stop or change that first'
  refuses 7104
  systemctl stop upholder.target upheld.service
}

@test "RestartForceExitStatus= brings a service with Restart=no back" {
  unit force.service '[Service]' "ExecStart=$server 7105" 'RestartForceExitStatus=SIGTERM SIGKILL'
  systemctl start force
  await_port 7105
  refuses 7105
  frees 7105 'systemctl stop force.service'
}

@test "a timer that starts a service again is stopped with it" {
  unit tick.service '[Service]' "ExecStart=$server 7108"
  unit tick.timer '[Timer]' OnActiveSec=1 OnUnitInactiveSec=5 AccuracySec=100ms
  systemctl start tick.timer
  await_port 7108
  refuses 7108
  frees 7108 'systemctl stop tick.timer tick.service'
}

@test "a script that a service starts, and that starts two programs, is not stopped for one" {
  unit pair.service '[Service]' \
    "ExecStart=/bin/sh -c '$server 7109 & $server 7110 & wait'" KillMode=control-group
  systemctl start pair
  await_port 7109
  await_port 7110
  equal "verdict" "$(verdict 7109)" unknown
  equal "the remedy" "$(remedy 7109)" "kill $(pf --json 7109 | jq '.listeners[0].pid')"
  systemctl stop pair
}

@test "a job of cron's is never freed by stopping cron" {
  cat >/etc/cron.d/pf-test <<CRON
* * * * * root exec $server 7111
CRON
  systemctl start cron
  await_port 7111 180
  rm /etc/cron.d/pf-test
  frees 7111 "kill $(pf --json 7111 | jq '.listeners[0].pid')"
  equal "cron" "$(systemctl is-active cron)" active
}

@test "a user's unit is stopped by the user's systemd, also from a shell of su" {
  install -d -o alice /home/alice/.config/systemd/user
  printf '[Service]\nExecStart=%s 7112\nRestart=always\n' "$server" \
    >/home/alice/.config/systemd/user/own.service
  su - alice -c 'XDG_RUNTIME_DIR=/run/user/$(id -u) systemctl --user start own'
  await_port 7112
  equal "for root" "$(remedy 7112)" \
    "systemctl --user --machine $(id -u alice)@.host stop own.service"
  equal "for alice" "$(su - alice -c "pf --wide --json 7112" |
    jq -r '.listeners[].remedy.command')" \
    "XDG_RUNTIME_DIR=/run/user/$(id -u alice) systemctl --user stop own.service"
  bash -c "$(remedy 7112)"
  stays_free 7112
}

@test "an orphan that systemd has adopted in a session is called one" {
  ssh -q -o StrictHostKeyChecking=no -i /root/.ssh/own root@127.0.0.1 \
    "nohup $server 7113 >/dev/null 2>&1 </dev/null &"
  await_port 7113
  equal "verdict" "$(verdict 7113)" kill
  pf --why 7113 | grep -q 'it is orphaned'
  frees 7113 "kill $(pf --json 7113 | jq '.listeners[0].pid')"
}
