<#
Pictures and paths for the suite. It needs no other software: a PNG is put together from bytes.
#>

function Get-ModuleUnderTest {
    # $env:MONALISA_MODULE names the module to test; otherwise the newest that the build staged is taken.
    if ($env:MONALISA_MODULE) {
        return $env:MONALISA_MODULE
    }
    $artifacts = Join-Path $PSScriptRoot '..' '..' 'artifacts'
    $manifests = @(Get-ChildItem (Join-Path $artifacts '*' 'MonaLisa.PS' 'MonaLisa.PS.psd1') -ErrorAction Ignore)
    if ($manifests.Count -eq 0) {
        throw 'There is no module to test. Run build.ps1 first, or name a module folder in $env:MONALISA_MODULE.'
    }
    ($manifests | Sort-Object { (Get-Item (Join-Path $_.DirectoryName 'MonaLisa.PS.dll')).LastWriteTimeUtc } | Select-Object -Last 1).DirectoryName
}

function Get-ThisPowerShell {
    # The words that start the PowerShell that runs this: as a .NET tool it is a program of dotnet's.
    $process = [Environment]::ProcessPath
    $process
    if ((Split-Path $process -LeafBase) -eq 'dotnet') {
        Join-Path $PSHOME 'pwsh.dll'
    }
}

function Get-PngChecksum([byte[]] $Bytes) {
    # CRC-32 with the reflected polynomial 0xEDB88320.
    [uint32] $remainder = [uint32]::MaxValue
    foreach ($value in $Bytes) {
        $remainder = $remainder -bxor $value
        for ($bit = 0; $bit -lt 8; $bit++) {
            $remainder = if ($remainder -band 1) { ($remainder -shr 1) -bxor [uint32] 3988292384 } else { $remainder -shr 1 }
        }
    }
    $remainder -bxor [uint32]::MaxValue
}

function ConvertTo-BigEndian([uint32] $Number) {
    [byte[]] ((24, 16, 8, 0) | ForEach-Object { ($Number -shr $_) -band 255 })
}

function Get-PngChunk([string] $Type, [byte[]] $Data) {
    $typed = [Text.Encoding]::ASCII.GetBytes($Type) + $Data
    (ConvertTo-BigEndian $Data.Length) + $typed + (ConvertTo-BigEndian (Get-PngChecksum $typed))
}

function New-TestPicture {
    # A gradient, or white but for the first columns; the size in the header may be a lie.
    param([string] $Path, [int] $Width = 16, [int] $Height = 16, [int] $ClaimedSide = 0, [int] $BlackColumns = 0)
    $rows = [Collections.Generic.List[byte]]::new()
    for ($y = 0; $y -lt $Height; $y++) {
        $rows.Add(0)
        for ($x = 0; $x -lt $Width; $x++) {
            if ($BlackColumns) {
                $rows.AddRange([byte[]] (, ($x -lt $BlackColumns ? 0 : 255) * 3))
                continue
            }
            $rows.Add([Math]::Floor(255 * $x / [Math]::Max(1, $Width - 1)))
            $rows.Add([Math]::Floor(255 * $y / [Math]::Max(1, $Height - 1)))
            $rows.Add(128)
        }
    }
    $memory = [IO.MemoryStream]::new()
    $zlib = [IO.Compression.ZLibStream]::new($memory, [IO.Compression.CompressionLevel]::Fastest, $true)
    $zlib.Write($rows.ToArray())
    $zlib.Dispose()
    $claimedWidth = $ClaimedSide ? $ClaimedSide : $Width
    $claimedHeight = $ClaimedSide ? $ClaimedSide : $Height
    $header = (ConvertTo-BigEndian $claimedWidth) + (ConvertTo-BigEndian $claimedHeight) + [byte[]] (8, 2, 0, 0, 0)
    $bytes = [byte[]] (0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A) + (Get-PngChunk 'IHDR' $header) +
        (Get-PngChunk 'IDAT' $memory.ToArray()) + (Get-PngChunk 'IEND' ([byte[]]::new(0)))
    [IO.File]::WriteAllBytes($Path, $bytes)
}

Export-ModuleMember -Function Get-ModuleUnderTest, Get-ThisPowerShell, New-TestPicture
