<#
.SYNOPSIS
    Runs some forty commands with fixed seeds and writes a checksum of everything that they leave.
.DESCRIPTION
    To show that a change of the code changes nothing else: run it with the module of before and with that of today, on one machine, and compare.

        pwsh -NoProfile ./benchmarks/Identity/forty-commands.ps1 -Module ./before/MonaLisa.PS -Path ./before.txt
        pwsh -NoProfile ./benchmarks/Identity/forty-commands.ps1 -Module ./artifacts/release/MonaLisa.PS -Path ./after.txt
        diff ./before.txt ./after.txt

    Times differ from run to run. Where a file holds some, they are taken out before its checksum is made.
.PARAMETER Module
    The module's folder.
.PARAMETER Path
    The file to write.
#>
param(
    [Parameter(Mandatory)] [string] $Module,
    [Parameter(Mandatory)] [string] $Path
)

$ErrorActionPreference = 'Stop'
Set-StrictMode -Version Latest
Import-Module (Convert-Path -LiteralPath $Module)
$sample = [IO.Path]::Combine($PSScriptRoot, '..', '..', 'module', 'samples', 'mona-lisa.png')
$folder = [IO.Directory]::CreateTempSubdirectory('monalisa-identity-').FullName
$lines = [Collections.Generic.List[string]]::new()

function Get-Checksum([byte[]] $Bytes) {
    [Convert]::ToHexString([Security.Cryptography.SHA256]::HashData($Bytes)).Substring(0, 16)
}

function Add-Checksum([string] $What, [byte[]] $Bytes) {
    $lines.Add(('{0,-60} {1,9} {2}' -f $What, $Bytes.Length, (Get-Checksum $Bytes)))
}

# The numbers of a network, in the order of its layers.
function Add-Weights([string] $What, $Network) {
    $bytes = [Collections.Generic.List[byte]]::new()
    $numbers = @($Network.EncodingTensors | ForEach-Object { , [float[]] $_.Values }) +
        @($Network.Layers | ForEach-Object { , [float[]] $_.Weights; , [float[]] $_.Biases })
    foreach ($values in $numbers) {
        $part = [byte[]]::new(4 * $values.Length)
        [Buffer]::BlockCopy($values, 0, $part, 0, $part.Length)
        $bytes.AddRange($part)
    }
    Add-Checksum "weights: $What" $bytes.ToArray()
}

# A safetensors file without its history, checksum and times.
function Add-Tensors([string] $What, [string] $File) {
    $bytes = [IO.File]::ReadAllBytes([IO.Path]::Combine($folder, $File))
    $length = [BitConverter]::ToInt64($bytes, 0)
    $header = [Text.Encoding]::UTF8.GetString($bytes, 8, $length) | ConvertFrom-Json -AsHashtable
    foreach ($name in $header.Keys | Where-Object { $_ -notin '__metadata__', 'history', 'checksum' } | Sort-Object) {
        $start, $end = $header[$name].data_offsets
        Add-Checksum "${What}: $name" $bytes[(8 + $length + $start)..(8 + $length + $end - 1)]
    }
    foreach ($name in $header['__metadata__'].Keys | Sort-Object) {
        Add-Text "${What}: $name" ($header['__metadata__'][$name] -replace '"(totalTicks|trainingTicks|epochTicks|ticks|seconds|time|elapsed|\w*[tT]icks|\w*[sS]econds)":[-0-9.e+]+')
    }
}

function Add-Text([string] $What, [string] $Text) {
    Add-Checksum $What ([Text.Encoding]::UTF8.GetBytes($Text))
}

try {
    Push-Location -LiteralPath $folder
    $color = New-PixelDataset $sample -MaxSize 64
    $alpha = New-PixelDataset $sample -MaxSize 48 -Alpha
    $held = New-PixelDataset $sample -MaxSize 64 -HoldOut 0.2 -HoldOutPattern Block
    $lattice = New-PixelDataset $sample -MaxSize 64 -HoldOut 0.75 -HoldOutPattern Grid

    # Every activation, encoding, optimizer, loss and way to draw pixels.
    foreach ($activation in 'ReLU', 'LeakyReLU', 'Tanh', 'Sigmoid', 'Sine', 'Gaussian', 'FINER', 'WIRE', 'GELU') {
        Add-Weights $activation ($color | Invoke-MlpTraining -HiddenLayer 33, 20 -Activation $activation -Epoch 3 -Seed 7).Network
    }
    foreach ($encoding in 'None', 'Frequency', 'Fourier', 'Grid') {
        Add-Weights $encoding ($color | Invoke-MlpTraining -Encoding $encoding -HiddenLayer 24, 24 -Epoch 3 -Seed 7).Network
    }
    foreach ($optimizer in 'Sgd', 'Nesterov', 'RMSProp', 'Adam', 'AdamW', 'Muon') {
        Add-Weights $optimizer ($color | Invoke-MlpTraining -HiddenLayer 32, 32 -Activation Sine -Optimizer $optimizer -Epoch 3 -Seed 7).Network
    }
    foreach ($loss in 'MeanSquaredError', 'HalfSquaredError', 'L1', 'Huber') {
        Add-Weights $loss ($color | Invoke-MlpTraining -HiddenLayer 32, 32 -Loss $loss -Epoch 3 -Seed 7).Network
    }
    foreach ($sampling in 'Uniform', 'ErrorWeighted') {
        Add-Weights $sampling ($color | Invoke-MlpTraining -Encoding Grid -Sampling $sampling -Epoch 3 -Seed 7).Network
    }
    Add-Weights 'default' ($color | Invoke-MlpTraining -Epoch 5 -Seed 7).Network
    Add-Weights 'the 2012 program' ($color | Invoke-MlpTraining -Preset MonaLisa2012 -Epoch 1 -Seed 7).Network
    Add-Weights 'alpha' ($alpha | Invoke-MlpTraining -HiddenLayer 16 -Epoch 2 -Seed 7).Network
    Add-Weights 'held-out block' ($held | Invoke-MlpTraining -Epoch 5 -Seed 7).Network
    Add-Weights 'lattice' ($lattice | Invoke-MlpTraining -Epoch 2 -Seed 7).Network
    Add-Weights 'clipping, average, warm-up, one cycle' ($color | Invoke-MlpTraining -HiddenLayer 40 -GradientClip 0.5 -AverageDecay 0.9 -WarmUp 0.2 -Schedule OneCycle -Epoch 4 -Seed 7).Network
    foreach ($threads in 1, 3) {
        Add-Weights "$threads threads" ($color | Invoke-MlpTraining -HiddenLayer 64, 64 -Epoch 2 -Seed 7 -ThreadCount $threads).Network
    }
    $run = $color | Invoke-MlpTraining -Epoch 20 -Seed 7 -CheckpointPath ./run.checkpoint -SnapshotEvery 5 -SnapshotPath ./run.snapshots
    Add-Tensors 'checkpoint' run.checkpoint
    Add-Weights 'resumed' ($color | Invoke-MlpTraining -Resume ./run.checkpoint -Epoch 25).Network
    Add-Text 'figures' ('{0:R} {1:R} {2:R}' -f $run.Psnr, $run.Mae, ($run.History | ForEach-Object Loss | Measure-Object -Sum).Sum)

    # Every file that a network or a run becomes.
    foreach ($precision in 'Single', 'Half', 'Int8') {
        $run | Export-MlpModel "./$precision.safetensors" -Precision $precision
        Add-Tensors "model, $precision" "$precision.safetensors"
        $network = Import-MlpModel "./$precision.safetensors"
        Add-Weights "read back, $precision" $network
        $network | Export-GeneratedImage "./$precision.png"
        Add-Checksum "painting, $precision" ([IO.File]::ReadAllBytes("$folder/$precision.png"))
    }
    $run | Export-MlpModel ./run.mlpz -Compress -TargetPsnr 25
    Add-Checksum 'compressed' ([IO.File]::ReadAllBytes("$folder/run.mlpz"))
    Add-Weights 'compressed, read back' (Import-MlpModel ./run.mlpz)
    foreach ($extension in 'png', 'webp', 'tiff', 'jpg', 'avif') {
        $run | Export-GeneratedImage "./painted.$extension" -Scale 1.5
        Add-Checksum "painted.$extension" ([IO.File]::ReadAllBytes("$folder/painted.$extension"))
    }
    $run | Export-GeneratedImage ./deep.png -BitDepth 16 -Region 5, 6, 20, 10 -Width 100
    Add-Checksum 'deep.png' ([IO.File]::ReadAllBytes("$folder/deep.png"))
    $run | Export-ErrorMap ./errors.png
    Add-Checksum 'errors.png' ([IO.File]::ReadAllBytes("$folder/errors.png"))
    $run | Export-NeuronImage ./neurons.png -Layer 1
    Add-Checksum 'neurons.png' ([IO.File]::ReadAllBytes("$folder/neurons.png"))
    $run | Export-TrainingAnimation ./animation.gif -Duration 1 -FrameRate 5
    Add-Checksum 'film.gif' ([IO.File]::ReadAllBytes("$folder/animation.gif"))
    $run | Export-TrainingAnimation ./animation.webp -Duration 1 -FrameRate 5 -SideBySide
    Add-Checksum 'film.webp' ([IO.File]::ReadAllBytes("$folder/animation.webp"))
    foreach ($extension in 'svg', 'png') {
        $run | Export-TrainingPlot "./plot.$extension" -Metric Psnr -Against Epoch -Title 'Mona Lisa'
        Add-Checksum "plot.$extension" ([IO.File]::ReadAllBytes("$folder/plot.$extension"))
    }
    $small = $color | Invoke-MlpTraining -HiddenLayer 16, 16 -Activation Sine -Epoch 3 -Seed 7
    foreach ($extension in 'onnx', 'glsl', 'html') {
        $small | Export-MlpModel "./small.$extension"
        Add-Text "small.$extension" (([Text.Encoding]::Latin1.GetString([IO.File]::ReadAllBytes("$folder/small.$extension"))) -replace '"seconds":[-0-9.e+]+')
    }
    $shown = $run | Show-GeneratedImage -Protocol Blocks -Width 20
    Add-Text 'shown as blocks' ($shown | Out-String)
    $quality = $run | Measure-GeneratedImage
    Add-Text 'quality' ($quality | Select-Object Psnr, Mae, Ssim, MsSsim | ConvertTo-Json)
    $null = $color | Invoke-MlpExperiment @{ Activation = 'ReLU', 'Sine'; HiddenLayer = 8; Epoch = 1 } -Seed 3 -Path ./journal.jsonl
    Add-Text 'journal' ((Get-Content ./journal.jsonl -Raw) -replace '"(\w*[sS]econds|\w*[tT]ime|PixelsPerSecond|started|ended)":"?[-0-9.e+:TZ]+"?')
    Add-Weights 'by MKL, where it is' $(if ((Get-MlpProvider Mkl).IsAvailable) { ($color | Invoke-MlpTraining -HiddenLayer 64, 64 -Epoch 2 -Seed 7 -Provider Mkl).Network } else { $small.Network })
}
finally {
    Pop-Location
    Remove-Item -LiteralPath $folder -Recurse -Force
}
$lines | Set-Content -LiteralPath $Path
"$($lines.Count) checksums in '$Path'."
