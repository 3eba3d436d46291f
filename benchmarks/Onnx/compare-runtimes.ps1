<#
.SYNOPSIS
Which programs load our ONNX models, how far their colours are from ours, and how long they take.
.DESCRIPTION
Exports a network of each encoding and activation in each opset, paints it here and with every runtime, and prints a row for each runtime
and opset, as docs/onnx.md has it. A runtime that is not installed is left out: the packages of node (npm install in this folder),
OpenCV for Python (python3 with cv2), a later OpenCV for .NET (dotnet, from its packages).
.EXAMPLE
./compare-runtimes.ps1 -Module ../../artifacts/release/MonaLisa.PS
#>
[CmdletBinding()]
param(
    # The module's folder.
    [string] $Module = 'MonaLisa.PS',
    # The versions of operators.
    [int[]] $Opset = (10, 17, 20),
    # The side of the square of pixels that is painted.
    [int] $Size = 128,
    # The Python that has cv2.
    [string] $Python = 'python3'
)
$ErrorActionPreference = 'Stop'
Import-Module $Module
$folder = New-Item -ItemType Directory -Path (Join-Path ([IO.Path]::GetTempPath()) "onnx-$PID")

$encodings = 'None', 'Frequency', 'Fourier', 'Grid'
$activations = 'ReLU', 'LeakyReLU', 'Tanh', 'Sigmoid', 'Sine', 'Gaussian', 'FINER', 'WIRE', 'GELU'
$across = @(foreach ($y in 0..($Size - 1)) { foreach ($x in 0..($Size - 1)) { ($x + 0.5) / $Size } })
$down = @(foreach ($y in 0..($Size - 1)) { foreach ($x in 0..($Size - 1)) { ($y + 0.5) / $Size } })
$places = [float[]]@(foreach ($i in 0..($across.Count - 1)) { $across[$i]; $down[$i] })
$bytes = [byte[]]::new($places.Length * 4)
[Buffer]::BlockCopy($places, 0, $bytes, 0, $bytes.Length)
[IO.File]::WriteAllBytes((Join-Path $folder places.f32), $bytes)

$expected = @{}
foreach ($encoding in $encodings) {
    foreach ($activation in $activations) {
        $network = New-MlpNetwork 64, 64 -Encoding $encoding -Activation $activation
        $expected["$encoding-$activation"] = [double[]]@(
            $network | Invoke-MlpNetwork -X $across -Y $down | ForEach-Object { $_.Red; $_.Green; $_.Blue })
        foreach ($version in $Opset) { $network | Export-MlpModel (Join-Path $folder "$encoding-$activation-$version.onnx") -Opset $version }
    }
}

function Get-Distance([string] $Model) {
    $file = [IO.File]::ReadAllBytes((Join-Path $folder "$Model.colors"))
    $colors = [float[]]::new($file.Length / 4)
    [Buffer]::BlockCopy($file, 0, $colors, 0, $file.Length)
    $ours = $expected[($Model -replace '-\d+\.onnx$')]
    $largest = 0.0
    for ($i = 0; $i -lt $ours.Length; $i++) { $largest = [Math]::Max($largest, [Math]::Abs($ours[$i] - $colors[$i])) }
    $largest
}

$runners = [ordered]@{
    'onnxruntime-node' = { node (Join-Path $PSScriptRoot node.js) onnxruntime-node $folder }
    'onnxruntime-web'  = { node (Join-Path $PSScriptRoot node.js) onnxruntime-web $folder }
    'OpenCV, Python'   = { & $Python (Join-Path $PSScriptRoot opencv.py) $folder }
    'OpenCV, .NET'     = { dotnet run (Join-Path $PSScriptRoot opencv.cs) -- $folder }
}
$results = foreach ($runner in $runners.GetEnumerator()) {
    Remove-Item (Join-Path $folder *.colors)
    $PSNativeCommandUseErrorActionPreference = $false
    $lines = @(& $runner.Value 2>$null | Where-Object { $_ -like '{*' })
    if (-not $lines) {
        Write-Warning "$($runner.Key) is not installed here, and left out."
        continue
    }
    foreach ($result in $lines | ConvertFrom-Json) {
        $result | Add-Member Distance $(if ($result.PSObject.Properties['error']) { $null } else { Get-Distance $result.model })
        $null = $result.model -match '^(?<encoding>\w+)-(?<activation>\w+)-(?<opset>\d+)'
        $result | Add-Member Encoding $Matches.encoding
        $result | Add-Member Activation $Matches.activation
        $result | Add-Member Version ([int] $Matches.opset)
        $result
    }
}

'| runtime | opset | ' + ($encodings -join ' | ') + ' |'
'|---|---|' + '---|' * $encodings.Count
foreach ($group in $results | Group-Object runtime, Version) {
    $cells = foreach ($encoding in $encodings) {
        $all = @($group.Group | Where-Object Encoding -EQ $encoding)
        $good = @($all | Where-Object { $null -ne $_.Distance })
        if (-not $good) { 'none' ; continue }
        $missing = @($all | Where-Object { $null -eq $_.Distance }).Activation
        $largest = ($good | Measure-Object Distance -Maximum).Maximum
        $median = ($good.seconds | Sort-Object)[[int][Math]::Floor($good.Count / 2)]
        $what = if ($missing) { "all but $($missing -join ', ')" } else { 'all' }
        [string]::Format([cultureinfo]::InvariantCulture, '{0}; {1:0e0}; {2:0.0} ms', $what, $largest, 1000 * $median)
    }
    "| $($group.Group[0].runtime) | $($group.Group[0].Version) | $($cells -join ' | ') |"
}
foreach ($group in $results | Where-Object { $null -eq $_.Distance } | Group-Object runtime, error) {
    Write-Verbose "$($group.Group[0].runtime): $($group.Group.model -join ', '): $($group.Group[0].error)"
}
Remove-Item $folder -Recurse
