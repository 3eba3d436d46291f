<#
.SYNOPSIS
    Compares what two builds of the module reach with the default network in the same time, and in shares of it.
.DESCRIPTION
    Each picture is learned with the build of before, in the time of its own default. Then both builds take turns of some epochs, in a process
    each, and the median of the turns' ratios says how long an epoch of today takes. Last, the build of today learns as many epochs as it has
    in shares of the time: what they reach depends on no clock, so on a busy machine only the ratio is uncertain. The last column is the share
    of the time in which the build of today has the PSNR of the one before, interpolated between the shares.

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
    Shares of the time, ascending. The default is 0.3, 0.4, 0.5, 0.7 and 1.
.PARAMETER Turns
    Turns of each build. The default is 7.
#>
param(
    [Parameter(Mandatory)] [string] $Before,
    [Parameter(Mandatory)] [string] $After,
    [Parameter(Mandatory)] [string[]] $Path,
    [ValidateSet('Draft', 'Standard', 'High')] [string[]] $Quality = @('Draft', 'Standard'),
    [int[]] $Threads = @(1, 2),
    [double[]] $Share = @(0.3, 0.4, 0.5, 0.7, 1),
    [int] $Turns = 7
)

$ErrorActionPreference = 'Stop'
Set-StrictMode -Version Latest

# A process that has read a picture, and learns it anew for each line that it gets: a quality, and a number of epochs or none. The first run
# there compiles, and is not counted.
function Start-Build([string] $Module, [string] $Picture, [int] $Count) {
    $command = {
        param($Module, $Picture, $Count)
        $ErrorActionPreference = 'Stop'
        Import-Module $Module
        $dataset = New-PixelDataset -LiteralPath $Picture
        $null = $dataset | Invoke-MlpTraining -Quality Draft -Epoch 2 -ThreadCount $Count
        while ($line = [Console]::In.ReadLine()) {
            $quality, $epochs = $line.Split(' ')
            $limit = if ($epochs) { @{ Epoch = [int] $epochs } } else { @{} }
            $run = $dataset | Invoke-MlpTraining -Quality $quality -ThreadCount $Count -Seed 2012 @limit
            [Console]::Out.WriteLine((ConvertTo-Json -Compress @{
                Psnr = $run.Psnr; Seconds = $run.Elapsed.TotalSeconds; Epochs = $run.Epochs; Weights = $run.Network.ParameterCount
            }))
        }
    }
    $start = [Diagnostics.ProcessStartInfo]::new([Environment]::ProcessPath)
    $start.RedirectStandardInput = $start.RedirectStandardOutput = $true
    $call = "& {$command} '$($Module.Replace("'", "''"))' '$($Picture.Replace("'", "''"))' $Count"
    '-NoProfile', '-NonInteractive', '-Command', $call | ForEach-Object { $start.ArgumentList.Add($_) }
    [Diagnostics.Process]::Start($start)
}

function Invoke-Run($Build, [string] $Level, [string] $Epochs) {
    $Build.StandardInput.WriteLine("$Level $Epochs".Trim())
    $answer = $Build.StandardOutput.ReadLine()
    if ($null -eq $answer) { throw 'A build ended without an answer. Its error is above.' }
    ConvertFrom-Json $answer
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
            $builds = @((Start-Build $oldModule $picture $count), (Start-Build $newModule $picture $count))
            try {
                $old = Invoke-Run $builds[0] $level
                $epochs = [Math]::Max(3, [int] ($old.Epochs / 8))
                $ratios = @(1..$Turns | ForEach-Object {
                    $oldTurn, $newTurn = foreach ($build in $builds) { Invoke-Run $build $level $epochs }
                    ($newTurn.Seconds / $newTurn.Epochs) / ($oldTurn.Seconds / $oldTurn.Epochs)
                } | Sort-Object)
                $ratio = $ratios[[Math]::Floor($ratios.Count / 2)]
                $runs = @($Share | ForEach-Object { Invoke-Run $builds[1] $level ([Math]::Max(2, [int] ($_ * $old.Epochs / $ratio))) })
            }
            finally {
                foreach ($build in $builds) {
                    $build.StandardInput.Close()
                    $build.WaitForExit()
                }
            }
            if ($runs.Where{ $_.Weights -ne $old.Weights }) { throw "The builds choose networks of different size for '$picture'." }
            $row = [ordered] @{
                Picture = Split-Path -Leaf $picture; Quality = $level; Threads = $count; Seconds = '{0:F1}' -f $old.Seconds
                Before = '{0:F2}' -f $old.Psnr; 'Time of an epoch' = '{0:F2} ({1:F2} to {2:F2})' -f $ratio, $ratios[0], $ratios[-1]
            }
            for ($i = 0; $i -lt $runs.Count; $i++) { $row["After $($Share[$i])"] = '{0:F2}' -f $runs[$i].Psnr }
            $row['Same PSNR at'] = Get-ShareOf $old.Psnr $runs.Psnr
            [pscustomobject] $row
        }
    }
}
