<#
.SYNOPSIS
    Measures the cost of Invoke-MlpTraining -Live: the same training with and without it, alternately, in elapsed time and processor time.
.DESCRIPTION
    Needs pwsh 7.6 with the module built, and a terminal, because without one -Live draws nothing:

        pwsh -NoProfile -File benchmarks/Live/live-cost.ps1 -Picture ./mona-lisa.jpg

    Each run trains the same network for the same epochs, so it takes the same steps. PowerShell's streams, drawing and the terminal are
    part of the time. The figures are the medians of the rounds' ratios, because other work slows down both runs of a round in about the same
    way. On a busy machine the processor time, of all threads of the process, varies less.
.PARAMETER Picture
    The picture to learn.
.PARAMETER Rounds
    The number of pairs.
.PARAMETER Epoch
    The epochs of a run. A run should take some seconds, like a real one.
.PARAMETER ThreadCount
    The threads that train. With one, no thread waits for another, and other work changes the processor time little.
.PARAMETER Module
    The module's folder.
.PARAMETER OutFile
    The file for the figures.
#>
param(
    [Parameter(Mandatory)] [string] $Picture,
    [int] $Rounds = 25,
    [int] $Epoch = 40,
    [int] $ThreadCount = [Environment]::ProcessorCount,
    [string] $Module = (Join-Path $PSScriptRoot '../../artifacts/release/MonaLisa.PS'),
    [string] $OutFile = ''
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'
Import-Module $Module
$dataset = New-PixelDataset $Picture

function Measure-Turn([switch] $Live) {
    $process = [Diagnostics.Process]::GetCurrentProcess()
    $before = $process.TotalProcessorTime
    $clock = [Diagnostics.Stopwatch]::StartNew()
    $null = $dataset | Invoke-MlpTraining -Epoch $Epoch -ThreadCount $ThreadCount -Live:$Live -WarningAction Stop
    $seconds = $clock.Elapsed.TotalSeconds
    $process.Refresh()
    [pscustomobject]@{ Seconds = $seconds; ProcessorSeconds = ($process.TotalProcessorTime - $before).TotalSeconds }
}

function Get-Quartile([double[]] $Values) {
    $sorted = @($Values | Sort-Object)
    0.25, 0.5, 0.75 | ForEach-Object { $sorted[[int][Math]::Round(($sorted.Count - 1) * $_)] }
}

# What the runtime compiles, it compiles here.
$null = Measure-Turn
$null = Measure-Turn -Live
$turns = for ($round = 1; $round -le $Rounds; $round++) {
    # Who comes first changes, should the first be at an advantage.
    if ($round % 2) {
        $without = Measure-Turn
        $with = Measure-Turn -Live
    }
    else {
        $with = Measure-Turn -Live
        $without = Measure-Turn
    }
    [pscustomobject]@{ Without = $without; With = $with }
}
$text = foreach ($figure in 'Seconds', 'ProcessorSeconds') {
    $low, $median, $high = Get-Quartile @($turns | ForEach-Object { $_.With.$figure / $_.Without.$figure })
    $without = (Get-Quartile @($turns | ForEach-Object { $_.Without.$figure }))[1]
    '{0}: without {1:F2} s; with, times as much: median {2:F3}, quartiles {3:F3} and {4:F3} of {5} rounds' -f
        $figure, $without, $median, $low, $high, $Rounds
}
$text
if ($OutFile) {
    Set-Content -LiteralPath $OutFile $text
}
