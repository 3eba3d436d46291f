<#
.SYNOPSIS
    Lets mishaps hit every command that writes a file, at random moments, and counts what is lost, left over or not clearly said.
.DESCRIPTION
    From the repository's folder:

        dotnet run --project src/Shell -c Release -- benchmarks/Durability/chaos.ps1

    Each event begins with a folder that has a file of an earlier run where the command writes, and files of the user's beside it. The command
    runs in another process, and at a random moment one thing happens: the process gets SIGKILL, SIGTERM or SIGINT; the disk becomes full (a
    tmpfs, for root on Linux; elsewhere prlimit bounds the files' size); the folder is deleted; a file of the user's takes the target's place; a second
    process runs the same command on the same target. Then the target must be the file of before or a complete new one, the user's files must be
    as they were, and every error must be one of the module's, with an id of its own. Where a process was killed, the command runs again, and has to
    go on from what is there and to leave nothing behind.

    Windows has no signals to send and no such disk; there the other events are tried, and SIGKILL is TerminateProcess.
.PARAMETER Events
    The number of events. The default is 500.
.PARAMETER Minutes
    Ends earlier, after so many minutes. The default is no limit.
.PARAMETER Seed
    The seed of the random choices. The default is 2012. The moments also depend on the machine.
.PARAMETER Command
    Only these commands, with wildcards. The default is all.
.PARAMETER Event
    Only these events. The default is all that the machine allows.
#>
param(
    [int] $Events = 500,
    [double] $Minutes = [double]::MaxValue,
    [int] $Seed = 2012,
    [string[]] $Command = '*',
    [ValidateSet('SIGKILL', 'SIGTERM', 'SIGINT', 'full disk', 'no folder', 'replaced', 'second')]
    [string[]] $Event = ('SIGKILL', 'SIGTERM', 'SIGINT', 'full disk', 'no folder', 'replaced', 'second')
)

$ErrorActionPreference = 'Stop'
if (-not (Get-Command Invoke-MlpTraining -ErrorAction Ignore)) {
    throw "The module is not there. Run this in its own shell: dotnet run --project src/Shell -c Release -- benchmarks/Durability/chaos.ps1"
}

# What runs, and the file that it writes. A keeper's file is not replaced by the run that writes it, once another is there.
$training = '$data | Invoke-MlpTraining -HiddenLayer 12, 12 -BatchSize 64 -Schedule Constant'
$image = 'Export-GeneratedImage -Force -Width 700'
$table = @(
    @{ Name = 'Invoke-MlpTraining -CheckpointPath'; Target = 't.checkpoint'; Script = "$training -Epoch 4 -CheckpointPath ./t.checkpoint -CheckpointEvery 0 -Continue"; Keeper = $true }
    @{ Name = 'Invoke-MlpTraining -SnapshotPath'; Target = 't.snapshots'; Script = "$training -Epoch 12 -SnapshotPath ./t.snapshots -SnapshotEvery 1 -Force"; Keeper = $true }
    @{ Name = 'Invoke-MlpExperiment -Path'; Target = 't.jsonl'; Script = '$data | Invoke-MlpExperiment @{ HiddenLayer = 4, 6, 8; Epoch = 5 } -Repeat 2 -Path ./t.jsonl'; Keeper = $true }
    foreach ($extension in 'safetensors', 'mlpz', 'onnx', 'html', 'glsl') {
        @{ Name = "Export-MlpModel .$extension"; Target = "t.$extension"; Script = "1..3 | ForEach-Object { `$run | Export-MlpModel ./t.$extension -Force }" }
    }
    foreach ($extension in 'png', 'jpg', 'webp', 'tif', 'avif') {
        @{ Name = "Export-GeneratedImage .$extension"; Target = "t.$extension"; Script = "`$run | $image ./t.$extension" }
    }
    @{ Name = 'Export-ErrorMap'; Target = 't.png'; Script = '1..5 | ForEach-Object { $run | Export-ErrorMap ./t.png -Force }' }
    @{ Name = 'Export-NeuronImage'; Target = 't.png'; Script = '1..5 | ForEach-Object { $run | Export-NeuronImage ./t.png -Layer 1 -Force }' }
    @{ Name = 'Export-TrainingPlot .svg'; Target = 't.svg'; Script = '1..5 | ForEach-Object { $run | Export-TrainingPlot ./t.svg -Force }' }
    @{ Name = 'Export-TrainingPlot .png'; Target = 't.png'; Script = '1..3 | ForEach-Object { $run | Export-TrainingPlot ./t.png -Force }' }
    @{ Name = 'Export-TrainingReport'; Target = 't.html'; Script = '$run | Export-TrainingReport ./t.html -Force' }
    foreach ($extension in 'webp', 'gif') {
        @{ Name = "Export-TrainingAnimation .$extension"; Target = "t.$extension"; Script = "Export-TrainingAnimation ./t.$extension SNAPSHOTS -Force -Scale 2" }
    }
    @{ Name = 'Export-TrainingAnimation -Format Png'; Target = 't/mona-lisa-0001.png'; Script = 'Export-TrainingAnimation -Destination ./t -Format Png SNAPSHOTS -Force -Duration 1 -FrameRate 12' }
) | Where-Object { $name = $_.Name; $Command.Where{ $name -like $_ } }

$isRootOnLinux = $IsLinux -and (id -u) -eq '0'
$random = [Random]::new($Seed)
$clock = [Diagnostics.Stopwatch]::StartNew()
$root = [IO.Directory]::CreateTempSubdirectory('monalisa-chaos-').FullName
$disk = Join-Path $root 'disk'
$null = [IO.Directory]::CreateDirectory($disk)
$picture = [IO.Path]::GetFullPath([IO.Path]::Combine($PSScriptRoot, '..', '..', 'module', 'samples', 'mona-lisa.png'))
$snapshots = Join-Path $root 'sample.snapshots'
$shell = [Environment]::ProcessPath
$program = @(if ((Split-Path $shell -LeafBase) -eq 'dotnet') { Join-Path $PSHOME 'pwsh.dll' })
$module = (Get-Module MonaLisa.PS)?.Path ?? (Get-Command Invoke-MlpTraining).Module.Path
$own = @{ 'mine.txt' = 'mine'; 't.lock' = 'a lock of mine'; 't.part' = 'a part of mine'; '.monalisa-notes.tmp' = 'notes' }
# The ids of the module's own errors, and those with which PowerShell says that a stopped pipeline has ended.
$ids = [Collections.Generic.HashSet[string]]::new([string[]]@(
        [MonaLisa.Engine.ModelFileProblem], [MonaLisa.Engine.PictureProblem] | ForEach-Object { [Enum]::GetNames($_) }
        'InvalidOption', 'FileExists', 'FolderMissing', 'AccessDenied', 'InUse', 'NotFound', 'WriteFailed', 'CannotCreateFolder', 'PipelineStopped'))

function Start-Host {
    $start = [Diagnostics.ProcessStartInfo]::new($shell)
    $arguments = $program + @('-NoProfile', '-Command', "Import-Module '$module'; & '$(Join-Path $PSScriptRoot 'chaos-host.ps1')' -Picture '$picture'")
    foreach ($argument in $arguments) { $start.ArgumentList.Add($argument) }
    $start.RedirectStandardInput = $start.RedirectStandardOutput = $start.RedirectStandardError = $true
    [Diagnostics.Process]::Start($start)
}

# Hosts that wait; others start meanwhile.
$waiting = [Collections.Generic.Queue[object]]::new()
function Get-WaitingHost {
    while ($waiting.Count -lt 5) { $waiting.Enqueue(@{ Process = Start-Host; IsReady = $false }) }
    $taken = $waiting.Dequeue()
    if (-not $taken.IsReady) {
        $line = $taken.Process.StandardOutput.ReadLine()
        if ($line -ne 'ready') { throw "A host did not start: $line $($taken.Process.StandardError.ReadToEnd())" }
        $taken.IsReady = $true
    }
    $taken
}

function Send-Task($HostProcess, [string] $Folder, [string] $Script) {
    $HostProcess.Process.StandardInput.WriteLine((@{ Folder = $Folder; Script = $Script.Replace('SNAPSHOTS', "'$snapshots'") } | ConvertTo-Json -Compress))
    if ($HostProcess.Process.StandardOutput.ReadLine() -ne 'begins') { throw "A host does not answer: $($HostProcess.Process.StandardError.ReadToEnd())" }
}

# What came of a task: an object, or null if the process ended.
function Receive-Answer($HostProcess) {
    while ($null -ne ($line = $HostProcess.Process.StandardOutput.ReadLine())) {
        if ($line.StartsWith('{"')) { return $line | ConvertFrom-Json }
    }
    $null
}

function Invoke-Task($HostProcess, [string] $Folder, [string] $Script) {
    Send-Task $HostProcess $Folder $Script
    Receive-Answer $HostProcess
}

function New-EventFolder([string] $Parent, $Entry) {
    $folder = [IO.Path]::Combine($Parent, [Guid]::NewGuid().ToString('N'))
    $null = [IO.Directory]::CreateDirectory($folder)
    foreach ($name in $own.Keys) { [IO.File]::WriteAllText((Join-Path $folder $name), $own[$name]) }
    $target = Join-Path $folder $Entry.Target
    $null = [IO.Directory]::CreateDirectory((Split-Path $target))
    [IO.File]::WriteAllBytes($target, $Entry.Old)
    $folder
}

# A file is whole if a reader takes it, or it has the bytes of one that was not disturbed, or ends as such a file does.
function Test-Whole($Entry, [string] $File) {
    $bytes = [IO.File]::ReadAllBytes($File)
    foreach ($known in $Entry.Old, $Entry.New) {
        if ([Linq.Enumerable]::SequenceEqual($bytes, [byte[]]$known)) { return $true }
    }
    try {
        switch -Regex ($File) {
            '\.(safetensors|mlpz)$' { $null = Import-MlpModel $File; break }
            '\.(png|jpg|webp|tif|avif|gif)$' { $null = New-PixelDataset $File; break }
            '\.snapshots$' { $null = Export-TrainingAnimation (Join-Path $root 'try.webp') $File -Force -Duration 1 -FrameRate 2; break }
            '\.checkpoint$' { $null = New-PixelDataset $picture -MaxSize 48 | Invoke-MlpTraining -Resume $File -Epoch 1 -CheckpointPath (Join-Path $root 'try.checkpoint') -Force; break }
            '\.jsonl$' { foreach ($line in [IO.File]::ReadAllLines($File)) { if ($line -notmatch '^\{.*\}$') { return $false } }; break }
            '\.(html|svg)$' { return [Text.Encoding]::UTF8.GetString($bytes).TrimEnd() -match '</(html|svg)>$' }
            default { return $bytes.Length -eq $Entry.New.Length }
        }
        $true
    }
    catch { $false }
}

function Send-Signal([string] $Signal, $Process) {
    if ($Signal -eq 'SIGKILL') { $Process.Kill() } else { & sh -c "kill -$($Signal.Substring(3)) $($Process.Id)" }
}

$counts = [ordered]@{}
$found = [Collections.Generic.List[string]]::new()
function Add-Count($Entry, [string] $What, [string] $Event, [string] $Detail) {
    $counts[$Entry.Name][$What]++
    if ($Detail) { $found.Add("$($Entry.Name), ${Event}: $Detail") }
}

try {
    if ($isRootOnLinux) { mount -t tmpfs -o size=24m tmpfs $disk }
    $null = New-PixelDataset $picture -MaxSize 48 | Invoke-MlpTraining -HiddenLayer 12, 12 -Epoch 20 -SnapshotPath $snapshots -SnapshotEvery 1
    # Undisturbed: how long each takes, and what it writes. The file of before is of a run before that.
    foreach ($entry in $table) {
        $counts[$entry.Name] = [ordered]@{ Events = 0; Kept = 0; Lost = 0; 'Left over' = 0; Unclear = 0 }
        $entry.Old = $entry.New = [byte[]]@()
        $worker = Get-WaitingHost
        $folder = [IO.Directory]::CreateDirectory([IO.Path]::Combine($root, [Guid]::NewGuid().ToString('N'))).FullName
        foreach ($time in 'Old', 'New') {
            $begin = $clock.Elapsed
            # A keeper's file of before is one of fewer epochs or rows, to be continued.
            $script = if ($time -eq 'Old') { ($entry.Script -replace '-Epoch (4|12)', '-Epoch 2').Replace('4, 6, 8', '4').Replace('-Width 700', '-Width 300') } else { $entry.Script }
            $answer = Invoke-Task $worker $folder $script
            $entry.Milliseconds = ($clock.Elapsed - $begin).TotalMilliseconds
            if ($answer.Problems) { throw "$($entry.Name) fails without a mishap: $($answer.Problems[0].Message)" }
            $entry[$time] = [IO.File]::ReadAllBytes((Join-Path $folder $entry.Target))
        }
        $entry.Files = [IO.Directory]::GetFiles($folder, '*', 'AllDirectories').ForEach{ [IO.Path]::GetRelativePath($folder, $_) }
        $waiting.Enqueue($worker)
        [IO.Directory]::Delete($folder, $true)
        Write-Host "$($entry.Name): $([int]$entry.Milliseconds) ms undisturbed"
    }
    $possible = $Event.Where{ -not $IsWindows -or $_ -notin 'SIGTERM', 'SIGINT', 'full disk' }
    for ($number = 0; $number -lt $Events -and $clock.Elapsed.TotalMinutes -lt $Minutes; $number++) {
        $entry = $table[$number % $table.Count]
        $kind = $possible[$random.Next($possible.Count)]
        $folder = New-EventFolder ($kind -eq 'full disk' ? $disk : $root) $entry
        $target = Join-Path $folder $entry.Target
        $filler = Join-Path $disk 'filler'
        $worker = Get-WaitingHost
        $other = if ($kind -eq 'second') { Get-WaitingHost }
        Add-Count $entry 'Events'
        Send-Task $worker $folder $entry.Script
        if ($other) { Send-Task $other $folder $entry.Script }
        else { Start-Sleep -Milliseconds $random.Next([int](1.1 * $entry.Milliseconds) + 1) }
        $hasBegun = [IO.File]::Exists($target) -and -not [Linq.Enumerable]::SequenceEqual([IO.File]::ReadAllBytes($target), [byte[]]$entry.Old)
        switch ($kind) {
            'full disk' {
                if ($isRootOnLinux) { dd if=/dev/zero of=$filler bs=64k 2>$null }
                else { prlimit --pid $worker.Process.Id --fsize=1024:unlimited }
            }
            'no folder' { try { [IO.Directory]::Delete($folder, $true) } catch { $null = $_ } }
            'replaced' {
                [IO.File]::WriteAllText("$folder.mine", 'mine')
                try { [IO.File]::Move("$folder.mine", $target, $true) } catch { $null = $_ }
            }
            { $_ -like 'SIG*' } { Send-Signal $kind $worker.Process }
        }
        $answers = @(Receive-Answer $worker; if ($other) { Receive-Answer $other })
        if ($kind -eq 'full disk') {
            if ($isRootOnLinux) { Remove-Item $filler -ErrorAction Ignore } else { prlimit --pid $worker.Process.Id --fsize=unlimited }
        }
        foreach ($process in @($worker; if ($other) { $other })) {
            if ($kind -like 'SIG*') {
                # It may have been between two commands, and wait for the next.
                try { $process.Process.StandardInput.Close() } catch { $null = $_ }
                $null = $process.Process.WaitForExit(15000)
                if (-not $process.Process.HasExited) { $process.Process.Kill() }
            }
            elseif ($process.Process.HasExited -or $null -eq $answers[0]) {
                Add-Count $entry 'Unclear' $kind "the process ended with $($process.Process.ExitCode): $($process.Process.StandardError.ReadToEnd())"
            }
            else { $waiting.Enqueue($process) }
        }
        $problems = @(foreach ($answer in $answers) { $answer.Problems }).Where{ $null -ne $_ }
        foreach ($problem in $problems.Where{ -not $ids.Contains($_.Id) -or $_.Message -notmatch "\. [A-Z].*\." }) {
            Add-Count $entry 'Unclear' $kind "$($problem.Id) ($($problem.Type)): $($problem.Message)"
        }
        if ($kind -eq 'second' -and $entry.Keeper) {
            foreach ($problem in $problems.Where{ $_.Id -notin 'InUse', 'FileExists' }) { Add-Count $entry 'Unclear' $kind "the second was told: $($problem.Message)" }
        }
        $isKept = $true
        if ($kind -ne 'no folder') {
            foreach ($name in $own.Keys) {
                $file = Join-Path $folder $name
                if (-not [IO.File]::Exists($file) -or [IO.File]::ReadAllText($file) -ne $own[$name]) {
                    $isKept = $false
                    Add-Count $entry 'Lost' $kind "the user's '$name'"
                }
            }
            $isMine = $kind -eq 'replaced' -and [IO.File]::Exists($target) -and [IO.File]::ReadAllText($target) -eq 'mine'
            $isWhole = $isMine -or [IO.File]::Exists($target) -and (Test-Whole $entry $target)
            # What was put in a keeper's place while it ran stays there. -Force replaces what is there when it begins.
            $mayGo = $entry.Script -match '-Force' -and -not $hasBegun
            if (-not $isWhole -or $kind -eq 'replaced' -and $entry.Keeper -and -not $isMine -and -not $mayGo) {
                $isKept = $false
                Add-Count $entry 'Lost' $kind ([IO.File]::Exists($target) ? "the target, $(([IO.FileInfo]$target).Length) bytes" : 'the target is not there')
            }
            if (-not $isMine) {
                # Again, undisturbed: it goes on from what is there, and clears what a killed process left.
                $worker = Get-WaitingHost
                $again = Invoke-Task $worker $folder $entry.Script
                foreach ($problem in $again.Problems) {
                    $isKept = $false
                    Add-Count $entry 'Lost' $kind "it does not go on: $($problem.Message)"
                }
                $waiting.Enqueue($worker)
            }
            $expected = @($entry.Files) + @($own.Keys)
            foreach ($file in [IO.Directory]::GetFiles($folder, '*', 'AllDirectories')) {
                $name = [IO.Path]::GetRelativePath($folder, $file)
                if ($name -notin $expected) { Add-Count $entry 'Left over' $kind "'$name'" }
            }
        }
        if ($isKept) { Add-Count $entry 'Kept' }
        if ([IO.Directory]::Exists($folder)) { [IO.Directory]::Delete($folder, $true) }
        if ($number % 10 -eq 9) { Write-Host "$($number + 1) events, $([int]$clock.Elapsed.TotalSeconds) s, $($found.Count) findings" }
    }
    $counts.GetEnumerator() | ForEach-Object { [pscustomobject](@{ Command = $_.Key } + $_.Value) } |
        Format-Table Command, Events, Kept, Lost, 'Left over', Unclear -AutoSize | Out-String -Width 160 | Write-Host
    $found | Write-Host
}
finally {
    foreach ($idle in $waiting) { if (-not $idle.Process.HasExited) { $idle.Process.Kill() } }
    if ($isRootOnLinux) { umount $disk 2>$null }
    [IO.Directory]::Delete($root, $true)
}
