<#
.SYNOPSIS
    What Invoke-MlpTraining -Live costs: the same training with and without it, in turns, by the clock on the wall.
.DESCRIPTION
    Needs pwsh 7.6 with the module built, and a terminal, for without one -Live draws nothing:

        pwsh -NoProfile -File benchmarks/Live/live-cost.ps1 -Picture ../shared/images/mona-lisa.jpg

    Each turn trains the same network for the same epochs, so it takes the same steps; PowerShell's streams, drawing and the terminal are
    in the time. The figure is the median of the rounds' ratios: what else goes on slows down both of a round alike. It is written to
    -OutFile too, below the pictures that the terminal shows.
.PARAMETER Picture
    The picture to learn.
.PARAMETER Rounds
    How many pairs.
.PARAMETER Epoch
    Epochs of a turn; some seconds' worth, as training takes.
.PARAMETER Module
    The module's folder.
.PARAMETER OutFile
    Receives the figures.
#>
param(
    [Parameter(Mandatory)] [string] $Picture,
    [int] $Rounds = 7,
    [int] $Epoch = 150,
    [string] $Module = (Join-Path $PSScriptRoot '../../artifacts/release/MonaLisa.PS'),
    [string] $OutFile = ''
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'
Import-Module $Module
$dataset = New-PixelDataset $Picture

function Measure-Turn([switch] $Live) {
    $clock = [Diagnostics.Stopwatch]::StartNew()
    $null = $dataset | Invoke-MlpTraining -Epoch $Epoch -Live:$Live -WarningAction Stop
    $clock.Elapsed.TotalSeconds
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
    [pscustomobject]@{ Without = $without; With = $with; Ratio = $with / $without }
}
$ratios = @($turns.Ratio | Sort-Object)
$text = ($turns | Format-Table @{ l = 'without, s'; e = { '{0:F2}' -f $_.Without } }, @{ l = 'with, s'; e = { '{0:F2}' -f $_.With } },
    @{ l = 'ratio'; e = { '{0:F3}' -f $_.Ratio } } | Out-String) + ('median of the ratios: {0:F3}' -f $ratios[[int](($ratios.Count - 1) / 2)])
$text
if ($OutFile) {
    Set-Content -LiteralPath $OutFile $text
}
