#!/usr/bin/env bash
# The .NET tool PowerShell 7.6.9 (dotnet tool install PowerShell) on Linux: its `pwsh` is a launcher that starts a second process, and it
# does not pass signals on. After SIGTERM the launcher is gone, and the script goes on to its end without it.
# What is seen: "launcher: exit code 143", then "script: went on to its end".
# A supervisor that knows one process number (a shell's kill, docker stop with pwsh as the first process) does not stop the work;
# signals to the process group do. Needs the .NET 10 SDK. Fails when the tool behaves otherwise.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
dotnet tool install PowerShell --version 7.6.9 --tool-path "$folder/tool" >"$folder/install.log"
# The script ends when it finds the file 'go'.
cat >"$folder/wait.ps1" <<'END'
'running'
while (-not (Test-Path "$PSScriptRoot/go")) { Start-Sleep -Milliseconds 50 }
'went on to its end'
END
mkfifo "$folder/out"
"$folder/tool/pwsh" -NoProfile -File "$folder/wait.ps1" >"$folder/out" &
launcher=$!
exec 3<"$folder/out"
read -r line <&3
kill -TERM "$launcher"
code=0
wait "$launcher" 2>/dev/null || code=$?
touch "$folder/go"
rest=$(timeout 30 cat <&3)
{ echo "launcher: exit code $code"; echo "script: ${rest:-ended with the launcher}"; } | tee "$folder/seen"
diff - "$folder/seen" <<'END'
launcher: exit code 143
script: went on to its end
END
