<#
.SYNOPSIS
    Trains a network on a picture and writes what it painted.
.DESCRIPTION
    By default the picture is the module's sample, the Mona Lisa as a network of this module painted her.
.PARAMETER Picture
    The picture to learn.
.PARAMETER Path
    The file to write. The default is mona-lisa-painted.png.
.PARAMETER MaxTime
    The training time. A plain number is seconds. The default is about ten seconds, more for large pictures.
.EXAMPLE
    dotnet run --project src/Shell -c Release -- examples/mona-lisa.ps1 ./photo.jpg ./painted.png -MaxTime 60
#>
[CmdletBinding()]
param(
    [Parameter(Position = 0)]
    [string] $Picture = [IO.Path]::Combine($PSScriptRoot, '..', 'module', 'samples', 'mona-lisa.png'),

    [Parameter(Position = 1)]
    [string] $Path = 'mona-lisa-painted.png',

    [string] $MaxTime
)

$ErrorActionPreference = 'Stop'

$training = if ($MaxTime) { @{ MaxTime = $MaxTime } } else { @{} }
$run = New-PixelDataset -LiteralPath $Picture | Invoke-MlpTraining @training
$file = $run | Export-GeneratedImage -Path $Path -Force -PassThru
$quality = Measure-GeneratedImage -InputObject $file -Reference $run.Dataset

$run
'{0} is {1:F2} dB from {2} (mean absolute error {3:F4}, SSIM {4:F4}).' -f $file.FullName, $quality.Psnr, $run.Dataset.Name, $quality.Mae, $quality.Ssim
