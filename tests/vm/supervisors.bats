#!/usr/bin/env bats
# What real supervisors and reloaders do with a holder that ends, and with one that pf advises to
# stop.

load ../helpers/common
load situation

server='/usr/bin/python3 -m http.server --bind 127.0.0.1'

setup_file() {
  cat >/home/alice/app.js <<'JS'
require('http').createServer((q, s) => s.end('hi')).listen(+process.argv[2], '127.0.0.1')
JS
  mkdir -p /srv/py
  printf 'from flask import Flask\napp = Flask(__name__)\n' >/srv/py/fl.py
  printf 'async def app(scope, receive, send):\n  pass\n' >/srv/py/asgi.py
}

# in_background COMMAND...: as a daemon would be started.
in_background() {
  setsid "$@" >/dev/null 2>&1 </dev/null 3>&- &
}

pid_of() {
  pf --json "$1" | jq '.listeners[0].pid'
}

parent_of() {
  ps -o ppid= -p "$(pid_of "$1")" | tr -d ' '
}

@test "supervisord: its service is stopped by name" {
  printf '[program:app]\ncommand=%s 9000\n' "$server" >/etc/supervisor/conf.d/app.conf
  systemctl start supervisor
  await_port 9000
  refuses 9000
  frees 9000 'supervisorctl stop app:app'
}

@test "supervisord: a shell that it stops leaves its child, which is ended too" {
  printf '[program:wrapped]\ncommand=/bin/sh -c "cd /tmp; %s 9005; :"\n' "$server" \
    >/etc/supervisor/conf.d/wrapped.conf
  systemctl restart supervisor
  await_port 9005
  frees 9005 "supervisorctl stop wrapped:wrapped; kill $(pid_of 9005)"
}

@test "s6 and daemontools: the service's directory is given" {
  mkdir -p /srv/s6/sapp /srv/dt/dapp
  printf '#!/bin/sh\nexec %s 9020\n' "$server" >/srv/s6/sapp/run
  printf '#!/bin/sh\nexec %s 9030\n' "$server" >/srv/dt/dapp/run
  chmod +x /srv/s6/sapp/run /srv/dt/dapp/run
  in_background s6-svscan /srv/s6
  in_background svscan /srv/dt
  await_port 9020
  await_port 9030
  frees 9020 's6-svc -d /srv/s6/sapp'
  frees 9030 'svc -d /srv/dt/dapp'
}

@test "pm2 in cluster mode: its daemon is not ended, and the app is named" {
  pm2 start /home/alice/app.js --name clustered -i 2 -- 9051 >/dev/null
  pm2 start /home/alice/app.js --name other -- 9052 >/dev/null
  await_port 9051
  await_port 9052
  refuses 9051
  equal "the remedy of a clustered port" "$(remedy 9051)" 'pm2 stop NAME'
  bash -c 'pm2 stop clustered' >/dev/null
  stays_free 9051
  frees 9052 'pm2 stop other'
}

@test "forever: the monitor and its child are ended together" {
  (cd /home/alice && forever start app.js 9061 >/dev/null 2>&1 3>&-)
  await_port 9061
  refuses 9061
  frees 9061 "kill $(parent_of 9061) $(pid_of 9061)"
}

@test "nodemon, node --watch and tsx watch: the watcher and its child are ended together" {
  cd /home/alice
  in_background nodemon app.js 9060
  in_background node --watch app.js 9067
  cp app.js app.ts
  in_background tsx watch app.ts 9068
  for port in 9060 9067 9068; do
    await_port "$port"
    equal "the name of a node" "$(pf --no-header "$port" | awk '{print $3}')" node
    frees "$port" "kill $(parent_of "$port") $(pid_of "$port")"
  done
}

@test "flask's and uvicorn's reloaders: what is advised frees the port" {
  cd /srv/py
  in_background flask --app fl.py --debug run --port 9072
  in_background uvicorn --reload --port 9073 asgi:app
  for port in 9072 9073; do
    await_port "$port" 120
    bash -c "$(remedy "$port" | head -n 1)"
    stays_free "$port"
  done
}

@test "django's reloader: what is advised frees the port" {
  cd /srv/py
  django-admin startproject site1
  cd site1
  in_background python3 manage.py runserver 9077
  await_port 9077 120
  frees 9077 "kill $(parent_of 9077) $(pid_of 9077)"
}

@test "daemon --respawn: the minder and its child are ended together" {
  # shellcheck disable=SC2086 # words
  daemon --respawn --name=dm -- $server 9078 3>&-
  await_port 9078
  refuses 9078
  frees 9078 "kill $(parent_of 9078) $(pid_of 9078)"
}

@test "gunicorn: its master is ended, and the workers with it" {
  cd /srv/py
  in_background gunicorn -w 2 -b 127.0.0.1:9070 asgi:app
  await_port 9070 120
  bash -c "$(remedy 9070 | head -n 1)"
  stays_free 9070
}
