<#
.SYNOPSIS
    Kills training runs at random times, resumes each until it ends, and compares its network with that of an undisturbed run, byte by byte.
.DESCRIPTION
    From the repository's folder:

        dotnet run --project src/Shell -c Release -- benchmarks/Durability/kill-resume.ps1 -Kills 200

    A kill is SIGKILL on Linux and macOS and TerminateProcess on Windows: the process gets no chance to finish anything. It comes at a
    random time of up to -Longest milliseconds after the start of the training command, so it hits the loading of the checkpoint, the training,
    and the writing of checkpoints, which follow each other without a pause. When a run ends, the next one starts.
.PARAMETER Kills
    How often to kill. The default is 200.
.PARAMETER Longest
    The longest time to a kill, in milliseconds. The default is 1200.
.PARAMETER Seed
    The seed of the random times. The default is 2012.
#>
param(
    [int] $Kills = 200,
    [int] $Longest = 1200,
    [int] $Seed = 2012
)

$ErrorActionPreference = 'Stop'
if (-not (Get-Command Invoke-MlpTraining -ErrorAction Ignore)) {
    throw "The module is not there. Run this in its own shell: dotnet run --project src/Shell -c Release -- benchmarks/Durability/kill-resume.ps1"
}
$shell = [Environment]::ProcessPath
# PowerShell as a .NET tool is a program of dotnet's.
$program = @(if ((Split-Path $shell -LeafBase) -eq 'dotnet') { Join-Path $PSHOME 'pwsh.dll' })
$train = [IO.Path]::Combine($PSScriptRoot, 'train.ps1')
$folder = [IO.Directory]::CreateTempSubdirectory('monalisa-kills-').FullName
$random = [Random]::new($Seed)
$clock = [Diagnostics.Stopwatch]::StartNew()

function Start-Training([string] $Kind, [string] $Model, [bool] $Undisturbed) {
    $start = [Diagnostics.ProcessStartInfo]::new($shell)
    $arguments = @('-NoProfile', '-File', $train, '-Kind', $Kind, '-Checkpoint', [IO.Path]::Combine($folder, 'run.checkpoint'), '-Model', $Model)
    if ($Undisturbed) {
        $arguments += '-Undisturbed'
    }
    foreach ($argument in $arguments) {
        $start.ArgumentList.Add($argument)
    }
    $start.RedirectStandardOutput = $true
    $start.RedirectStandardError = $true
    $process = [Diagnostics.Process]::Start($start)
    if ($process.StandardOutput.ReadLine() -ne 'begins') {
        throw "The run did not begin: $($process.StandardError.ReadToEnd())"
    }
    $process
}

function Complete-Training([Diagnostics.Process] $Process) {
    $Process.WaitForExit()
    if ($Process.ExitCode -ne 0) {
        throw "A run failed: $($Process.StandardError.ReadToEnd()) $($Process.StandardOutput.ReadToEnd())"
    }
}

try {
    $expected = @{}
    foreach ($kind in 'Grid', 'Muon') {
        $model = [IO.Path]::Combine($folder, "$kind.safetensors")
        $time = $clock.Elapsed.TotalSeconds
        Complete-Training (Start-Training $kind $model $true)
        $expected[$kind] = [IO.File]::ReadAllBytes($model)
        Write-Host "$kind, undisturbed: $([int]($clock.Elapsed.TotalSeconds - $time)) s, $($expected[$kind].Length) bytes"
    }

    $killed = 0
    $runs = 0
    $mostFiles = 0
    $model = [IO.Path]::Combine($folder, 'killed', 'model.safetensors')
    $null = [IO.Directory]::CreateDirectory([IO.Path]::Combine($folder, 'killed'))
    while ($killed -lt $Kills) {
        $kind = ('Grid', 'Muon')[$runs % 2]
        $killsOfRun = 0
        $ended = $false
        while (-not $ended) {
            $process = Start-Training $kind $model $false
            # When all kills are done, the last run may come to its end.
            if ($killed -lt $Kills -and -not $process.WaitForExit($random.Next($Longest))) {
                $process.Kill()
                $process.WaitForExit()
                $killed++
                $killsOfRun++
                $files = [IO.Directory]::GetFiles($folder, 'run.*').Length
                $mostFiles = [Math]::Max($mostFiles, $files)
            }
            else {
                Complete-Training $process
                $ended = $true
            }
        }
        if (-not [Linq.Enumerable]::SequenceEqual($expected[$kind], [IO.File]::ReadAllBytes($model))) {
            throw "$kind, killed $killsOfRun times: the network differs from the undisturbed run's."
        }
        $runs++
        Write-Host "$kind, killed $killsOfRun times: the same network, byte by byte ($killed kills, $([int]$clock.Elapsed.TotalSeconds) s)"
        foreach ($file in [IO.Directory]::GetFiles($folder, 'run.*')) {
            [IO.File]::Delete($file)
        }
        [IO.File]::Delete($model)
    }
    Write-Host "$killed kills in $runs runs: every one was resumed, every network is the undisturbed run's to the last byte."
    Write-Host "At most $mostFiles files were left beside each other: the checkpoint, one being written, and the lock."
}
finally {
    [IO.Directory]::Delete($folder, $true)
}
