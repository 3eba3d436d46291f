<#
.SYNOPSIS
Measures what a start that pictures of one kind share saves.
.DESCRIPTION
Learns a start from every second picture, and compresses the others without it and with it, to the same PSNR. JPEG (quality searched) and
WebP (-m 6) are compared where cwebp and ImageMagick's convert are installed.
.EXAMPLE
./shared-start.ps1 -Path ./icons/*.png -TargetPsnr 36
#>
[CmdletBinding()]
param(
    # The pictures.
    [Parameter(Mandatory)] [string] $Path,
    # The PSNR in dB of each file.
    [double[]] $TargetPsnr = @(30, 36, 42),
    # Epochs of the start, and of each picture.
    [int] $StartEpoch = 300,
    [int] $Epoch = 60
)
$ErrorActionPreference = 'Stop'
$module = Join-Path $PSScriptRoot '..' '..' 'artifacts' 'release' 'MonaLisa.PS'
Import-Module $module
$folder = [IO.Directory]::CreateTempSubdirectory().FullName

# The fewest bytes of a picture's file that has the PSNR, over all qualities; null where no quality has.
function Get-PeerLength($Picture, $Psnr, $Extension) {
    $reference = New-PixelDataset $Picture
    $low, $high, $length = 0, 101, $null
    while ($high - $low -gt 1) {
        $middle = ($low + $high) -shr 1
        $file = Join-Path $folder "peer$Extension"
        if ($Extension -eq '.webp') { cwebp -quiet -m 6 -q $middle $Picture -o $file } else { convert $Picture -quality $middle $file }
        if ((Measure-GeneratedImage $file -Reference $reference).Psnr -ge $Psnr) {
            $high, $length = $middle, (Get-Item $file).Length
        } else { $low = $middle }
    }
    $length
}

try {
    $files = Get-ChildItem $Path | Sort-Object Name
    $learned = for ($i = 0; $i -lt $files.Count; $i += 2) { $files[$i] }
    $others = for ($i = 1; $i -lt $files.Count; $i += 2) { $files[$i] }
    foreach ($psnr in $TargetPsnr) {
        $start = Join-Path $folder "start$psnr.mlpz"
        $time = Measure-Command { $learned | New-PixelDataset | New-MlpStart -TargetPsnr $psnr -Epoch $StartEpoch | Export-MlpModel $start }
        $rows = foreach ($file in $others) {
            $picture = New-PixelDataset $file
            $without, $with = @{ Encoding = 'Latent' }, @{ Start = $start } | ForEach-Object {
                ($picture | Invoke-MlpTraining @_ -TargetPsnr $psnr -Epoch $Epoch).BitsPerPixel * $picture.PixelCount / 8
            }
            [pscustomobject]@{
                Without = $without; With = $with
                WebP = if (Get-Command cwebp -ErrorAction Ignore) { Get-PeerLength $file.FullName $psnr '.webp' }
                Jpeg = if (Get-Command convert -ErrorAction Ignore) { Get-PeerLength $file.FullName $psnr '.jpg' }
            }
        }
        # A mean is of all pictures or of none: some formats cannot have every PSNR.
        $mean = { param($name) if (@($rows.$name) -notcontains $null) { [Math]::Round(($rows.$name | Measure-Object -Average).Average) } }
        [pscustomobject]@{
            Psnr = $psnr; Pictures = @($others).Count; StartSeconds = [Math]::Round($time.TotalSeconds); StartBytes = (Get-Item $start).Length
            WithoutStart = & $mean Without; WithStart = & $mean With; WebP = & $mean WebP; Jpeg = & $mean Jpeg
        }
    }
} finally {
    Remove-Item $folder -Recurse
}
