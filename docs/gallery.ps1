<#
.SYNOPSIS
    Learns every picture of a folder with settings from fifty neurons to -Quality High, and makes the page docs/gallery.md.
.DESCRIPTION
    Writes a small painting of each picture at each setting into docs/images/gallery, and a table with training time, parameters, bytes of
    the compressed model and PSNR into docs/gallery.md. Both are replaced. Run it in pwsh after `dotnet build -c Release`. With five
    pictures it takes about ten minutes, most of them for High.
.PARAMETER Path
    The folder of pictures. The default is the folder shared/images beside the repository.
.PARAMETER Module
    The module to use. The default is the one that the build wrote into artifacts/release.
.PARAMETER Seconds
    The training time of the networks with given layers. A -Quality has its own time. The default is 10.
.PARAMETER HighOnly
    The names of the pictures that are also learned with -Quality High, without extension; wildcards are allowed. The default is all.
.PARAMETER Side
    The longest side of the paintings, in pixels. The default is 200.
.PARAMETER Note
    A sentence for the top of the page, for example on what else the machine did.
.EXAMPLE
    ./docs/gallery.ps1 -HighOnly mona-lisa
#>
[CmdletBinding()]
param(
    [string] $Path = [IO.Path]::Combine($PSScriptRoot, '..', '..', 'shared', 'images'),

    [string] $Module = [IO.Path]::Combine($PSScriptRoot, '..', 'artifacts', 'release', 'MonaLisa.PS'),

    [double] $Seconds = 10,

    [string[]] $HighOnly = '*',

    [int] $Side = 200,

    [string] $Note
)

$ErrorActionPreference = 'Stop'
Set-StrictMode -Version Latest
Import-Module $Module

$settings = @(
    @{ Name = 'fifty'; Text = "``-HiddenLayer 10, 10, 10, 10, 10 -Activation Sine -MaxTime $Seconds``"
        Options = @{ HiddenLayer = 10, 10, 10, 10, 10; Activation = 'Sine'; MaxTime = $Seconds } }
    @{ Name = '3x64'; Text = "``-HiddenLayer 64, 64, 64 -Activation Sine -MaxTime $Seconds``"
        Options = @{ HiddenLayer = 64, 64, 64; Activation = 'Sine'; MaxTime = $Seconds } }
    @{ Name = 'draft'; Text = '`-Quality Draft`'; Options = @{ Quality = 'Draft' } }
    @{ Name = 'standard'; Text = '`-Quality Standard`'; Options = @{ Quality = 'Standard' } }
    @{ Name = 'high'; Text = '`-Quality High`'; Options = @{ Quality = 'High' } }
)

function Get-Processor {
    $name = if ($IsLinux) {
        (Select-String -LiteralPath /proc/cpuinfo -Pattern '^model name\s*:\s*(.+)$' | Select-Object -First 1).Matches.Groups[1].Value
    }
    elseif ($IsMacOS) { sysctl -n machdep.cpu.brand_string }
    else { (Get-CimInstance Win32_Processor | Select-Object -First 1).Name }
    '{0}, {1} logical processors' -f $name.Trim(), [Environment]::ProcessorCount
}

function Get-CommandLine($Bound) {
    # Only what changes the result: folders and notes mean nothing to the reader.
    $words = foreach ($name in 'Seconds', 'HighOnly', 'Side') {
        if ($Bound.ContainsKey($name)) { "-$name $($Bound[$name] -join ', ')" }
    }
    (@('./docs/gallery.ps1') + @($words)) -join ' '
}

$images = [IO.Path]::Combine($PSScriptRoot, 'images', 'gallery')
if (Test-Path -LiteralPath $images) {
    Remove-Item -LiteralPath $images -Recurse
}
$null = New-Item -ItemType Directory $images
$pictures = @(Get-ChildItem -LiteralPath $Path -File | Where-Object Extension -In .jpg, .jpeg, .png, .webp, .tif, .tiff, .gif, .avif | Sort-Object Name)
$compressed = [IO.Path]::Combine([IO.Path]::GetTempPath(), "monalisa-gallery-$PID.mlpz")
$withHigh = [Collections.Generic.List[string]]::new()
$culture = [cultureinfo]::InvariantCulture

$tables = try {
    foreach ($picture in $pictures) {
        $dataset = New-PixelDataset -LiteralPath $picture.FullName
        $name = $picture.BaseName
        $size = if ($dataset.Width -ge $dataset.Height) { @{ Width = $Side } } else { @{ Height = $Side } }
        "## $name"
        ''
        "$($dataset.Width) x $($dataset.Height) pixels."
        ''
        '| painting | setting | training | parameters | compressed | PSNR |'
        '|---|---|---|---|---|---|'
        foreach ($setting in $settings) {
            if ($setting.Name -eq 'high') {
                if (-not ($HighOnly | Where-Object { $name -like $_ })) { continue }
                $withHigh.Add($name)
            }
            $options = $setting.Options
            $run = $dataset | Invoke-MlpTraining @options
            $run | Export-GeneratedImage -Path ([IO.Path]::Combine($images, "$name-$($setting.Name).webp")) -Quality 80 @size
            $run | Export-MlpModel $compressed -Compress -Force
            Write-Verbose "$name, $($setting.Name): $($run.Psnr) dB after $($run.Elapsed)"
            [string]::Format($culture, '| ![{0}, {1}](images/gallery/{0}-{1}.webp) | {2} | {3:F1} s | {4:N0} | {5:N0} bytes | {6:F2} dB |',
                $name, $setting.Name, $setting.Text, $run.Elapsed.TotalSeconds, $run.Network.ParameterCount,
                (Get-Item -LiteralPath $compressed).Length, $run.Psnr)
        }
        ''
    }
}
finally {
    Remove-Item -LiteralPath $compressed -ErrorAction Ignore
}

$high = if ($withHigh.Count -eq $pictures.Count) { 'Every picture was learned at every setting.' }
elseif ($withHigh.Count -eq 0) { '`-Quality High` was left out.' }
else { "``-Quality High``, which takes more than a minute for each picture, was run for $($withHigh -join ', ') only." }

$page = @(
    '# Gallery'
    ''
    'The same pictures, painted by networks of different sizes: from fifty neurons to several hundred thousand weights.'
    ''
    '[gallery.ps1](gallery.ps1) makes this page and its paintings. Do not edit them by hand. The command was'
    ''
    '```powershell'
    Get-CommandLine $PSBoundParameters
    '```'
    ''
    "on $([DateTime]::UtcNow.ToString('yyyy-MM-dd', $culture)) with version $((Get-Module MonaLisa.PS).Version) on: $(Get-Processor)."
    if ($Note) { $Note }
    $high
    ''
    "The paintings are shown with $Side pixels on the longest side, as WebP of quality 80. PSNR is that of the network, over all pixels of"
    'the picture at its own size, before compression. *Compressed* is the length of the file that `Export-MlpModel -Compress` writes'
    'without other options. It costs the painting about 0.5 dB: [compression.md](compression.md).'
    ''
    $tables
)
[IO.File]::WriteAllText([IO.Path]::Combine($PSScriptRoot, 'gallery.md'), ($page -join "`n").TrimEnd() + "`n")
