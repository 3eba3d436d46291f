<#
.SYNOPSIS
    Compares what two builds of the module reach with the default network in the same seconds, and in shares of them.
.DESCRIPTION
    Each picture is learned with the build of before, in the seconds of its own default, and then with the build of today in shares of these
    seconds. Both get the same network and threads, and take turns in processes of their own. The last column is the share of the seconds in
    which the build of today has the PSNR of the one of before, interpolated between the shares; it is a ratio, and so depends less on the
    machine than the seconds do.

        pwsh -NoProfile ./benchmarks/Pace/compare-builds.ps1 -Before ./before/MonaLisa.PS -After ./artifacts/release/MonaLisa.PS -Path ./*.png
.PARAMETER Before
    The module's folder in the build of before.
.PARAMETER After
    The module's folder in the build of today.
.PARAMETER Path
    The pictures.
.PARAMETER Quality
    Draft, Standard or High. The default is Draft and Standard.
.PARAMETER Threads
    Numbers of threads. The default is 1 and 2.
.PARAMETER Share
    Shares of the seconds, ascending. The default is 0.4, 0.5, 0.7 and 1.
#>
param(
    [Parameter(Mandatory)] [string] $Before,
    [Parameter(Mandatory)] [string] $After,
    [Parameter(Mandatory)] [string[]] $Path,
    [ValidateSet('Draft', 'Standard', 'High')] [string[]] $Quality = @('Draft', 'Standard'),
    [int[]] $Threads = @(1, 2),
    [double[]] $Share = @(0.4, 0.5, 0.7, 1)
)

$ErrorActionPreference = 'Stop'
Set-StrictMode -Version Latest
$shell = [Environment]::ProcessPath

# The PSNR and the seconds of one run, in a process of its own. The first run there compiles, and is not counted.
function Invoke-Run([string] $Module, [string] $Picture, [string] $Level, [int] $Count, $Seconds) {
    $command = {
        param($Module, $Picture, $Level, $Count, $Seconds)
        $ErrorActionPreference = 'Stop'
        Import-Module $Module
        $dataset = New-PixelDataset -LiteralPath $Picture
        $training = @{ Quality = $Level; ThreadCount = $Count; Seed = 2012 }
        $null = $dataset | Invoke-MlpTraining @training -Epoch 1
        $limit = if ($null -eq $Seconds) { @{} } else { @{ MaxTime = [timespan]::FromSeconds($Seconds) } }
        $run = $dataset | Invoke-MlpTraining @training @limit
        [pscustomobject] @{ Psnr = $run.Psnr; Seconds = $run.Elapsed.TotalSeconds; Weights = $run.Network.ParameterCount }
    }
    & $shell -NoProfile -Command $command -args $Module, $Picture, $Level, $Count, $Seconds
}

# Where a line through the measured points has a PSNR, or on which side of them.
function Get-ShareOf([double] $Psnr, [double[]] $Reached) {
    for ($i = 1; $i -lt $Reached.Count; $i++) {
        if ($Reached[$i - 1] -le $Psnr -and $Psnr -le $Reached[$i]) {
            $part = ($Psnr - $Reached[$i - 1]) / [Math]::Max(1e-9, $Reached[$i] - $Reached[$i - 1])
            return '{0:F2}' -f ($Share[$i - 1] + $part * ($Share[$i] - $Share[$i - 1]))
        }
    }
    if ($Psnr -lt $Reached[0]) { "below $($Share[0])" } else { "above $($Share[-1])" }
}

$oldModule = Convert-Path -LiteralPath $Before
$newModule = Convert-Path -LiteralPath $After
$pictures = @(Convert-Path -Path $Path)
foreach ($level in $Quality) {
    foreach ($count in $Threads) {
        foreach ($picture in $pictures) {
            $old = Invoke-Run $oldModule $picture $level $count $null
            $runs = @($Share | ForEach-Object { Invoke-Run $newModule $picture $level $count ($_ * $old.Seconds) })
            if ($runs.Where{ $_.Weights -ne $old.Weights }) { throw "The builds choose networks of different size for '$picture'." }
            $row = [ordered] @{
                Picture = Split-Path -Leaf $picture; Quality = $level; Threads = $count; Seconds = '{0:F1}' -f $old.Seconds; Before = '{0:F2}' -f $old.Psnr
            }
            for ($i = 0; $i -lt $runs.Count; $i++) { $row["After $($Share[$i])"] = '{0:F2}' -f $runs[$i].Psnr }
            $row['Same PSNR at'] = Get-ShareOf $old.Psnr $runs.Psnr
            [pscustomobject] $row
        }
    }
}
