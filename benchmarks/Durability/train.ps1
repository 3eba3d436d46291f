<#
.SYNOPSIS
    One run for kill-resume.ps1: continues from its checkpoint if there is one, and saves the network at its end.
#>
param(
    [Parameter(Mandatory)] [ValidateSet('Grid', 'Muon')] [string] $Kind,
    [Parameter(Mandatory)] [string] $Checkpoint,
    [Parameter(Mandatory)] [string] $Model,
    [switch] $Undisturbed
)

$ErrorActionPreference = 'Stop'
$sample = [IO.Path]::Combine($PSScriptRoot, '..', '..', 'module', 'samples', 'mona-lisa.png')
$picture = New-PixelDataset $sample -MaxSize 96 -HoldOut 0.1 -HoldOutPattern Block
$options = switch ($Kind) {
    'Grid' { @{ Epoch = 1500; BatchSize = 512; Encoding = 'Grid'; AverageDecay = 0.99 } }
    'Muon' { @{ Epoch = 150; BatchSize = 256; HiddenLayer = 64, 64; Optimizer = 'Muon'; GradientClip = 0.5; MeasureEachEpoch = $true } }
}
if (-not $Undisturbed) {
    # Checkpoints one after the other: that a kill hits one being written is then likely.
    $options += @{ CheckpointPath = $Checkpoint; CheckpointEvery = 0; Continue = $true }
}
[Console]::Out.WriteLine('begins')
$picture | Invoke-MlpTraining @options | Export-MlpModel $Model -Force
