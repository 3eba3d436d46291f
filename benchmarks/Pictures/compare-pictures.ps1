<#
.SYNOPSIS
    Reads every picture of a folder here and with ImageMagick, and shows where they differ.
.DESCRIPTION
    Takes any folder, for example the test pictures of another picture library, with its subfolders. A file that this module reads is compared
    pixel by pixel, in 8 bits a sample, with what ImageMagick reads. The result is one object for each file:

        Same       no sample differs
        Rounding   no sample differs by more than -Tolerance
        Differs    some do; docs/pictures.md says where the two understand a file in different ways
        Warned     read with a warning
        Refused    not read here, and ImageMagick reads it; Message says why
        Neither    not read by either
        Here       read here only

    ImageMagick must be installed.
.PARAMETER Path
    The folder.
.PARAMETER Module
    The module's folder. The default is the release build's.
.PARAMETER Magick
    ImageMagick's program. The default is magick, or convert where there is no magick.
.PARAMETER Profile
    The file of an sRGB profile, with which ImageMagick converts colours that have a profile. Without it, such pictures differ.
.PARAMETER Tolerance
    The largest difference that counts as rounding, in steps of 255. The default is 2.
.PARAMETER Csv
    A file to write the table to.
.EXAMPLE
    pwsh -NoProfile ./benchmarks/Pictures/compare-pictures.ps1 ./Pillow/Tests/images -Csv pillow.csv | Where-Object Result -eq Differs
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory)] [string] $Path,
    [string] $Module = [IO.Path]::Combine($PSScriptRoot, '..', '..', 'artifacts', 'release', 'MonaLisa.PS'),
    [string] $Magick = (Get-Command magick, convert -CommandType Application -ErrorAction Ignore | Select-Object -First 1 -ExpandProperty Source),
    [string] $Profile,
    [int] $Tolerance = 2,
    [string] $Csv
)

$ErrorActionPreference = 'Stop'
Set-StrictMode -Version Latest
if (-not $Magick) { throw 'ImageMagick is not installed: there is no program magick or convert. Install it, or name its program with -Magick.' }
Import-Module (Convert-Path -LiteralPath $Module)
Add-Type -TypeDefinition @'
public static class PictureComparison
{
    // The largest difference of red, green, blue and alpha. The colours of a pixel that is not seen do not count.
    public static int Largest(System.Array samples, int channels, byte[] rgba)
    {
        int largest = 0;
        for (int pixel = 0; pixel < rgba.Length / 4; pixel++)
            for (int channel = 0; channel < 4; channel++)
            {
                if (channel < 3 && rgba[pixel * 4 + 3] == 0)
                    continue;
                int own = channel == 3 && channels < 4 ? 255 : channels == 1 ? Sample(samples, pixel) : Sample(samples, pixel * channels + channel);
                largest = System.Math.Max(largest, System.Math.Abs(own - rgba[pixel * 4 + channel]));
            }
        return largest;
    }

    private static int Sample(System.Array samples, int index) =>
        samples is byte[] bytes ? bytes[index] : (((ushort[])samples)[index] * 255 + 32767) / 65535;
}
'@

$scratch = [IO.Path]::GetTempFileName()
function Read-WithMagick([string] $File) {
    $options = @('-auto-orient') + @(if ($Profile) { '-profile'; $Profile }) + @('-colorspace', 'sRGB', '-depth', '8')
    $lines = @(& $Magick "$File[0]" @options -format '%w %h\n' -write info:- "rgba:$scratch" 2>$null)
    if ($LASTEXITCODE -ne 0 -or -not $lines) { return $null }
    @{ Size = $lines[0].Trim(); Samples = [IO.File]::ReadAllBytes($scratch) }
}

$extensions = '.png', '.apng', '.jpg', '.jpeg', '.jfif', '.tif', '.tiff', '.webp', '.gif', '.avif'
try {
    $rows = foreach ($file in Get-ChildItem -LiteralPath $Path -File -Recurse | Where-Object Extension -In $extensions | Sort-Object FullName) {
        $here, $problems, $warnings = $null, $null, $null
        $here = New-PixelDataset -LiteralPath $file.FullName -Alpha -ErrorAction SilentlyContinue -ErrorVariable problems `
            -WarningAction SilentlyContinue -WarningVariable warnings
        $there = Read-WithMagick $file.FullName
        $difference = $null
        $result = if (-not $here) { if ($there) { 'Refused' } else { 'Neither' } }
        elseif ($warnings) { 'Warned' }
        elseif (-not $there) { 'Here' }
        elseif ($there.Size -ne "$($here.Width) $($here.Height)") { 'Differs' }
        else {
            $difference = [PictureComparison]::Largest($here.ToArray(), $here.Channels, $there.Samples)
            if ($difference -eq 0) { 'Same' } elseif ($difference -le $Tolerance) { 'Rounding' } else { 'Differs' }
        }
        $message = @($problems | ForEach-Object { $_.Exception.Message }) + @($warnings | ForEach-Object { "$_" }) -join ' '
        [pscustomobject]@{
            Result     = $result
            Difference = $difference
            Here       = if ($here) { '{0} x {1}, {2} bit, {3}' -f $here.Width, $here.Height, $here.BitDepth, $here.Channels }
            Magick     = if ($there) { $there.Size -replace ' ', ' x ' }
            File       = [IO.Path]::GetRelativePath($Path, $file.FullName)
            Message    = $message.Replace($file.FullName, $file.Name)
        }
    }
}
finally {
    [IO.File]::Delete($scratch)
}
if ($Csv) { $rows | Export-Csv -LiteralPath $Csv }
$rows
