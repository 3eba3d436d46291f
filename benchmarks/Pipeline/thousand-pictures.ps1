<#
.SYNOPSIS
Measures the whole pipeline over many small pictures: pictures a second and the process's peak memory, one at a time and side by side.
.DESCRIPTION
Cuts the pictures out of the sample model, then learns and paints them. Each row is a process of its own, so that its peak memory is its own.
Run it in pwsh after `dotnet build -c Release`; it takes some minutes.
#>
[CmdletBinding()]
param(
    # How many pictures.
    [int] $Count = 1000,
    # Their side in pixels.
    [int] $Side = 64,
    # How many are learned at once, row by row.
    [int[]] $ThrottleLimit = (1, 2, 4),
    # Passes over each picture.
    [int] $Epoch = 50
)
Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'
$module = Join-Path $PSScriptRoot '../../artifacts/release/MonaLisa.PS'
$folder = Join-Path ([IO.Path]::GetTempPath()) "monalisa-thousand-$PID"
$pictures = New-Item -ItemType Directory (Join-Path $folder 'pictures')
try {
    Import-Module $module
    $sample = Get-Item (Join-Path $module 'samples/mona-lisa.safetensors') | Import-MlpModel
    $across = [Math]::Ceiling([Math]::Sqrt($Count))
    # Regions of 20 x 20 pixels of the sample, each painted at the wanted size.
    1..$Count | ForEach-Object {
        $x = 280 * (($_ - 1) % $across) / $across
        $y = 409 * [Math]::Floor(($_ - 1) / $across) / $across
        $sample | Export-GeneratedImage (Join-Path $pictures "$_.png") -Region $x, $y, 20, 20 -Width $Side -Height $Side
    }
    $measure = {
        param($Module, $Pictures, $Painted, $Limit, $Epoch)
        Import-Module $Module
        # Native code is loaded and compiled before the clock starts, as it would be in a long run.
        Get-ChildItem $Pictures | Select-Object -First 20 | New-PixelDataset | Invoke-MlpTraining -Epoch 2 | Out-Null
        $process = [Diagnostics.Process]::GetCurrentProcess()
        $before = $process.WorkingSet64
        $clock = [Diagnostics.Stopwatch]::StartNew()
        Get-ChildItem $Pictures | New-PixelDataset | Invoke-MlpTraining -Epoch $Epoch -ThrottleLimit $Limit |
            Export-GeneratedImage -Destination $Painted
        $seconds = $clock.Elapsed.TotalSeconds
        $process.Refresh()
        $count = @(Get-ChildItem $Painted).Count
        [pscustomobject]@{
            Pictures = $count
            ThrottleLimit = $Limit
            Seconds = [Math]::Round($seconds, 1)
            PicturesPerSecond = [Math]::Round($count / $seconds, 1)
            MegabytesBefore = [Math]::Round($before / 1MB)
            PeakMegabytes = [Math]::Round($process.PeakWorkingSet64 / 1MB)
        } | ConvertTo-Json -Compress
    }
    foreach ($limit in $ThrottleLimit) {
        $painted = Join-Path $folder "painted-$limit"
        pwsh -NoProfile -Command "& { $measure } '$module' '$pictures' '$painted' $limit $Epoch" | ConvertFrom-Json
    }
}
finally {
    Remove-Item $folder -Recurse -Force
}
