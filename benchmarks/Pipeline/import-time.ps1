<#
.SYNOPSIS
Measures how much longer Import-Module takes for this module than for an empty one, each in new processes, by turns, and how long the first
picture takes after it.
.DESCRIPTION
Run it after `dotnet build -c Release`. The medians count: a busy machine adds to single rounds.
.PARAMETER PowerShell
The program to measure in; the default is pwsh. The assemblies of a released PowerShell are precompiled, and those of its NuGet packages are not,
which doubles these times. `dotnet publish src/Shell -c Release -p:PublishReadyToRun=true -o folder` precompiles them.
#>
[CmdletBinding()]
param([int] $Rounds = 15, [string] $PowerShell = 'pwsh')
Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'
$module = Join-Path $PSScriptRoot '../../artifacts/release/MonaLisa.PS'
$folder = Join-Path ([IO.Path]::GetTempPath()) "monalisa-import-$PID"
try {
    $null = New-Item -ItemType Directory (Join-Path $folder 'Empty')
    Set-Content (Join-Path $folder 'Empty/Empty.psm1') ''
    New-ModuleManifest (Join-Path $folder 'Empty/Empty.psd1') -RootModule Empty.psm1
    function Measure-InNewProcess([string] $Before, [string] $Command) {
        [double](& $PowerShell -NoProfile -Command "$Before; (Measure-Command { $Command }).TotalMilliseconds")
    }
    function Get-Median([double[]] $Values) {
        ($Values | Sort-Object)[[Math]::Floor($Values.Count / 2)]
    }
    $times = foreach ($round in 1..$Rounds) {
        [pscustomobject]@{
            Empty = Measure-InNewProcess '' "Import-Module '$(Join-Path $folder 'Empty')'"
            Module = Measure-InNewProcess '' "Import-Module '$module'"
            Picture = Measure-InNewProcess "Import-Module '$module'" "New-PixelDataset '$module/samples/mona-lisa.png'"
        }
    }
    [pscustomobject]@{
        EmptyMilliseconds = Get-Median $times.Empty
        ModuleMilliseconds = Get-Median $times.Module
        MoreMilliseconds = Get-Median ($times | ForEach-Object { $_.Module - $_.Empty })
        FirstPictureMilliseconds = Get-Median $times.Picture
    }
}
finally {
    Remove-Item $folder -Recurse -Force
}
