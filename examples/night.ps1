<#
.SYNOPSIS
    Learns a folder of pictures, paints them, and writes a CSV file with a row for each picture.
.DESCRIPTION
    For a scheduled job: nothing asks a question, and no picture stops the others. Each picture gets a painting, a model file and a row in
    night.csv, which says how good the painting is, or what went wrong. Each has a checkpoint too. Interrupted? Run the same line again: what
    is learned is not learned again. The exit code is 1 if a picture failed.
.PARAMETER Path
    The folder of the pictures.
.PARAMETER Destination
    The folder for paintings, model files, checkpoints and night.csv. It is created if it does not exist.
.PARAMETER Training
    Parameters for Invoke-MlpTraining, the same ones each night. The default is none.
.PARAMETER MaxSize
    The longest side in pixels. Larger pictures are made smaller before they are learned. The default is 2048.
.PARAMETER ThrottleLimit
    The most pictures to learn at the same time. The default is 1. More is faster if the pictures are small.
.OUTPUTS
    The rows of the CSV file.
.EXAMPLE
    pwsh -NoProfile -File ./examples/night.ps1 ./pictures ./painted

    The line for cron or the Task Scheduler.
.EXAMPLE
    ./examples/night.ps1 ./pictures ./painted -Training @{ Quality = 'Draft' } -ThrottleLimit 4 | Where-Object State -NE Painted
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory, Position = 0)]
    [string] $Path,

    [Parameter(Mandatory, Position = 1)]
    [string] $Destination,

    [hashtable] $Training = @{},

    [int] $MaxSize = 2048,

    [ValidateRange(1, 1024)]
    [int] $ThrottleLimit = 1
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

$null = New-Item -ItemType Directory -Path $Destination -Force
$table = Join-Path $Destination 'night.csv'
$extensions = '.jpg', '.jpeg', '.png', '.webp', '.tif', '.tiff', '.gif', '.avif'
$files = @(Get-ChildItem -LiteralPath $Path -File | Where-Object Extension -In $extensions | Sort-Object Name)

# Every picture has a row from the start, so that none can be missing at the end. Where case matters, a.png and A.png are two.
$rows = [Collections.Generic.Dictionary[string, object]]::new()
foreach ($file in $files) {
    $rows[$file.FullName] = [pscustomobject]@{
        Picture = $file.Name
        State = 'NotReached'
        Width = $null
        Height = $null
        Psnr = $null
        Seconds = $null
        Painting = $null
        Model = $null
        ErrorId = $null
        Message = $null
    }
}

function Set-Failure([string] $Picture, $Problem) {
    $row = $rows[$Picture]
    $row.State = 'Failed'
    $row.ErrorId = $Problem.FullyQualifiedErrorId.Split(',')[0]
    $row.Message = $Problem.Exception.Message
}

$unread = $unlearned = @()
$silently = @{ ErrorAction = 'SilentlyContinue' }
try {
    # p.jpg and p.png have one name: -KeepExtension keeps their paintings apart, and a checkpoint is named by its picture.
    $files | New-PixelDataset -MaxSize $MaxSize -ErrorVariable unread @silently |
        Invoke-MlpTraining @Training -CheckpointPath (Join-Path $Destination 'checkpoints/') -Continue -ThrottleLimit $ThrottleLimit `
            -ErrorVariable unlearned @silently |
        ForEach-Object {
            $run = $_
            $row = $rows[$run.Dataset.Path]
            try {
                $row.Painting = ($run | Export-GeneratedImage -Destination $Destination -KeepExtension -Force -PassThru).Name
                $row.Model = ($run | Export-MlpModel -Destination $Destination -KeepExtension -Force -PassThru).Name
                $row.Width, $row.Height = $run.Dataset.Width, $run.Dataset.Height
                $row.Psnr = $run.Psnr
                $row.Seconds = [Math]::Round($run.Elapsed.TotalSeconds, 3)
                $row.State = 'Painted'
            }
            catch {
                Set-Failure $run.Dataset.Path $_
            }
        }
}
finally {
    # The target of an error is the file that was to be read, or the picture that was to be learned.
    foreach ($problem in $unread) {
        if ($problem.TargetObject -is [string] -and $rows.ContainsKey($problem.TargetObject)) {
            Set-Failure $problem.TargetObject $problem
        }
    }
    foreach ($problem in $unlearned) {
        if ($problem.TargetObject -is [MonaLisa.Engine.PixelDataset] -and $rows[$problem.TargetObject.Path].State -ne 'Painted') {
            Set-Failure $problem.TargetObject.Path $problem
        }
    }
    $rows.Values | Export-Csv -LiteralPath $table
}

$rows.Values
$failed = @($rows.Values | Where-Object State -NE 'Painted').Count
if ($failed) {
    Write-Warning "$failed of $($rows.Count) pictures were not painted. '$table' says why."
}
exit [int] ($failed -gt 0)
