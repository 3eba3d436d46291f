#!/usr/bin/env bash
# PowerShell 7.6.9 on Linux, SIGTERM (docker stop, systemd, Slurm) while a script runs: nothing of what a script or a module has for its end
# is run, neither the finally block nor a .NET handler of AppDomain.ProcessExit. .NET 10 has no handlers of its own for SIGTERM and SIGHUP
# any more, and PowerShell 7.6 adds none. A module that has something to save must register for the signal.
# What is seen: "at its end a script runs: finally ProcessExit", "after SIGTERM, exit code 143: nothing".
# Needs the .NET 10 SDK. Fails when PowerShell behaves otherwise.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
dotnet tool install PowerShell --version 7.6.9 --tool-path "$folder/tool" >"$folder/install.log"
# Without the launcher of the tool, which is a process of its own.
pwsh=$(find "$folder/tool" -path '*/any/unix/pwsh.dll')
cat >"$folder/wait.ps1" <<'END'
param($Log, $Seconds)
Add-Type 'public static class AtExit { public static void Log(string file) => System.AppDomain.CurrentDomain.ProcessExit += (s, e) => System.IO.File.AppendAllText(file, "ProcessExit\n"); }'
[AtExit]::Log($Log)
try { 'running'; Start-Sleep $Seconds } finally { Add-Content $Log 'finally' }
END
seen() { if [ -e "$1" ]; then paste -sd ' ' "$1"; else echo nothing; fi; }

dotnet "$pwsh" -NoProfile -File "$folder/wait.ps1" "$folder/ended" 0 >/dev/null
mkfifo "$folder/out"
dotnet "$pwsh" -NoProfile -File "$folder/wait.ps1" "$folder/terminated" 60 >"$folder/out" &
process=$!
exec 3<"$folder/out"
read -r _ <&3
kill -TERM "$process"
code=0
wait "$process" 2>/dev/null || code=$?
{ echo "at its end a script runs: $(seen "$folder/ended")"; echo "after SIGTERM, exit code $code: $(seen "$folder/terminated")"; } | tee "$folder/seen"
diff - "$folder/seen" <<'END'
at its end a script runs: finally ProcessExit
after SIGTERM, exit code 143: nothing
END
