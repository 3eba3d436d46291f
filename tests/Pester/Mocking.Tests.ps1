# Every parameter of every command, with a value as people type it: mocked, through a proxy, and as a default value.

BeforeDiscovery {
    # '*' holds the arguments that a call needs; null takes one of them away. A script block is run where the pictures and runs are there.
    function Join-Table {
        $all = @{}
        foreach ($table in $args) { foreach ($key in $table.Keys) { $all[$key] = $table[$key] } }
        $all
    }

    $export = { @{ InputObject = $run; Path = 'out.png'; Force = $true } }
    $common = @{
        Path = './other.png'; Destination = @{ Destination = 'folder'; Path = $null }; InputObject = { @{ InputObject = $run } }
        KeepExtension = @{ KeepExtension = $true; Path = $null; Destination = 'folder' }; Force = $true; PassThru = $true; WhatIf = $true; Confirm = $false
    }
    $sized = @{ Width = '0.02k'; Height = '0.02k'; Scale = '2' }
    $collected = @{
        InputObject = { @{ InputObject = $run } }; Label = @{ Label = 'one' }; Title = 'Text'; Force = $true; PassThru = $true
        WhatIf = $true; Confirm = $false
    }
    $table = @{
        'Export-ErrorMap'         = Join-Table $common @{ '*' = $export; Gain = '4'; Reference = 'a.png' }
        'Export-GeneratedImage'   = Join-Table $common $sized @{
            '*' = $export; Region = { @{ Region = 0, 0, 4, 4 } }; Quality = @{ Quality = '80'; Path = 'out.jpg' }; BitDepth = '16'
            Format = @{ Format = 'jpeg'; Path = $null; Destination = 'folder' }
        }
        'Export-MlpModel'         = Join-Table $common @{
            '*' = { @{ InputObject = $run; Path = 'out.safetensors'; Force = $true } }; Path = './other.onnx'; Format = 'safetensors'
            Precision = 'half'; Opset = @{ Opset = '10'; Path = 'out.onnx' }; Compress = @{ Compress = $true; Path = 'out.mlpz' }
            TargetPsnr = @{ TargetPsnr = '5'; Compress = $true; Path = 'out.mlpz' }
            Reference = { @{ Reference = 'a.png'; Compress = $true; Path = 'out.mlpz'; InputObject = $run.Network; TargetPsnr = 1 } }
        }
        'Export-NeuronImage'      = Join-Table $common @{ '*' = $export; Layer = '1'; Neuron = { @{ Neuron = 0, 1 } }; TileSize = '0.01k'; Column = '2' }
        'Export-TrainingAnimation' = Join-Table $common $sized @{
            '*' = { @{ InputObject = $run; Path = 'out.webp'; Force = $true; Duration = '200ms'; Hold = '20ms' } }
            Path = './other.gif'; Duration = '300ms'; FrameRate = '20'; Hold = '0.05s'; Quality = '70'; Loop = '2'; Caption = $true; SideBySide = $true
            Reference = './a.png'
            Format = @{ Format = 'gif'; Path = $null; Destination = 'folder' }
        }
        'Export-TrainingPlot'     = Join-Table $collected @{
            '*' = { @{ InputObject = $run; Path = 'out.svg'; Force = $true } }; Path = './other.svg'; Metric = 'psnr'; Against = 'seconds'
            XScale = 'linear'; YScale = 'linear'; Width = '1k'; Height = '0.5k'
        }
        'Export-TrainingReport'   = Join-Table $collected @{ '*' = { @{ InputObject = $run; Path = 'out.html'; Force = $true } }; Path = './other.html' }
        'Get-MlpProvider'         = @{ '*' = { @{} }; Provider = 'managed' }
        'Import-MlpModel'         = @{ '*' = { @{ Path = 'model.safetensors' } }; Path = './model.safetensors'; LiteralPath = @{ LiteralPath = 'model.safetensors'; Path = $null }; Start = './start.mlpz' }
        'Invoke-MlpExperiment'    = @{
            '*' = { @{ Setting = @{ HiddenLayer = 4; Epoch = 1 }; InputObject = $picture } }
            Setting = { @{ Setting = @{ HiddenLayer = '2x4'; Epoch = '1' } } }; InputObject = { @{ InputObject = $picture } }; Repeat = '2'
            Seed = '7'; Path = './runs.jsonl'; ModelDestination = 'models'; Force = @{ Force = $true; Path = './runs.jsonl' }
            PassThru = $true; WhatIf = $true; Confirm = $false
        }
        'Invoke-MlpNetwork'       = @{
            '*' = { @{ InputObject = $run; X = 0.5; Y = 0.5 } }; InputObject = './model.safetensors'; X = '0.25'; Y = '0.75'
        }
        'Invoke-MlpTraining'      = @{
            '*' = { @{ InputObject = $picture; HiddenLayer = 4; Epoch = 1 } }; InputObject = { @{ InputObject = $picture } }
            Network = { @{ Network = $run; HiddenLayer = $null } }; HiddenLayer = '2x4'; Activation = 'sine'; Encoding = 'none'
            Kernel = @{ Kernel = 'area'; Encoding = 'Neighborhood' }; BackProjection = @{ BackProjection = '2'; Encoding = 'Neighborhood' }
            SingleView = @{ SingleView = $true; Encoding = 'Neighborhood' }; Denoise = @{ Denoise = $true; HiddenLayer = 4 }; NoiseLevel = @{ NoiseLevel = '12.5'; HiddenLayer = 4 }
            Resume = @{ Resume = './run.checkpoint'; HiddenLayer = $null; Epoch = $null; MaxTime = '1ms' }
            Quality = @{ Quality = 'draft'; MaxTime = '1ms'; Epoch = $null; HiddenLayer = $null }; Preset = 'MonaLisa2012'; Epoch = '2'; MaxTime = '30s'
            Start = @{ Start = './start.mlpz'; HiddenLayer = $null }; TargetBitsPerPixel = @{ TargetBitsPerPixel = '64'; Encoding = 'Latent'; HiddenLayer = $null }
            TargetSize = @{ TargetSize = '20KB'; Encoding = 'Latent'; HiddenLayer = $null }
            TargetSsim = @{ TargetSsim = '0.1'; Encoding = 'Latent'; HiddenLayer = $null }
            TargetPsnr = '90'; BatchSize = '0.01k'; Sampling = 'uniform'; LearningRate = '1e-3'; Optimizer = 'adamw'
            Momentum = @{ Momentum = '0.5'; Optimizer = 'Sgd' }; Beta1 = '0.8'; Beta2 = '0.9'; Epsilon = '1e-7'; WeightDecay = '0.01'
            Schedule = 'constant'; WarmUp = '0.1'; GradientClip = '1'; AverageDecay = '0.9'; Loss = 'huber'
            HuberDelta = @{ HuberDelta = '0.1'; Loss = 'Huber' }; Seed = '7'; ThreadCount = '1'; Provider = 'managed'; MeasureEachEpoch = $true
            Live = $true; CheckpointPath = './new.checkpoint'
            CheckpointEvery = @{ CheckpointEvery = '10s'; CheckpointPath = './new.checkpoint'; Force = $true }
            Continue = @{ Continue = $true; CheckpointPath = './run.checkpoint' }
            SnapshotEvery = @{ SnapshotEvery = 'Log'; SnapshotPath = './new.snapshots'; Force = $true }
            SnapshotPath = @{ SnapshotPath = './new.snapshots'; Force = $true }; Force = @{ Force = $true; CheckpointPath = './new.checkpoint' }
            ThrottleLimit = '2'; AsJob = $true; JobName = @{ JobName = 'paint'; AsJob = $true }; WhatIf = $true; Confirm = $false
        }
        'Measure-GeneratedImage'  = @{ '*' = { @{ InputObject = $run } }; InputObject = { @{ InputObject = $run } }; Reference = './a.png'; PipelineObject = { @{ PipelineObject = $run } } }
        'Measure-MlpExperiment'   = @{ '*' = { @{ InputObject = $rows } }; InputObject = { @{ InputObject = $rows } } }
        'New-MlpNetwork'          = @{
            '*' = { @{} }; InputObject = { @{ InputObject = $picture } }; HiddenLayer = '3x8'; Depth = @{ Depth = '2'; ParameterBudget = '1k' }
            ParameterBudget = @{ Depth = 2; ParameterBudget = '1k' }; Preset = 'MonaLisa2012'; Activation = 'WIRE'; Initialization = 'xavier'
            Omega = @{ Omega = '20'; Activation = 'Sine' }; Sigma = @{ Sigma = '3'; Activation = 'Gaussian' }; Encoding = 'fourier'
            Octave = @{ Octave = '4'; Encoding = 'Frequency' }; FrequencyCount = @{ FrequencyCount = '16'; Encoding = 'Fourier' }
            FrequencySigma = @{ FrequencySigma = '3'; Encoding = 'Fourier' }; GridLevel = @{ GridLevel = '2'; Encoding = 'Grid' }
            GridFeature = @{ GridFeature = '2'; Encoding = 'Grid' }; GridCoarsest = @{ GridCoarsest = '2'; Encoding = 'Grid' }
            GridFinest = @{ GridFinest = '8'; Encoding = 'Grid' }; GridEntry = @{ GridEntry = '1k'; Encoding = 'Grid' }; OutputCount = '1'; Seed = '7'
        }
        'New-MlpStart'            = @{
            '*' = { @{ InputObject = $picture; Epoch = 1 } }; InputObject = { @{ InputObject = $picture } }; HiddenLayer = '2x4'; TargetPsnr = '20'
            TargetBitsPerPixel = '64'; Epoch = '2'; MaxTime = '30s'; Seed = '7'; ThreadCount = '1'
        }
        'New-PixelDataset'        = @{
            '*' = { @{ Path = 'a.png' } }; Path = './a.png'; LiteralPath = @{ LiteralPath = './a.png'; Path = $null }; MaxSize = '1k'; MaxPixels = '1000k'
            Alpha = $true; Mask = './a.png'; HoldOut = '0.2'; HoldOutPattern = @{ HoldOutPattern = 'random'; HoldOut = 0.2 }
            HoldOutSeed = @{ HoldOutSeed = '3'; HoldOut = 0.2 }
        }
        'Show-GeneratedImage'     = @{
            '*' = { @{ InputObject = $run } }; InputObject = { @{ InputObject = $run } }; Width = '8'; Height = '8'; Region = { @{ Region = 0, 0, 4, 4 } }
            Protocol = 'text'; SideBySide = $true; Reference = './a.png'
        }
    }
    Import-Module (Join-Path $PSScriptRoot 'TestSupport.psm1') -Force
    Import-Module (Get-ModuleUnderTest)
    $names = [System.Management.Automation.Cmdlet]::CommonParameters
    $parameters = foreach ($command in Get-Command -Module MonaLisa.PS -CommandType Cmdlet) {
        foreach ($name in $command.Parameters.Keys | Where-Object { $_ -notin $names }) {
            @{ Command = $command.Name; Name = $name; Base = $table[$command.Name]['*']; Given = $table[$command.Name][$name] }
        }
    }
}

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'TestSupport.psm1') -Force
    Import-Module (Get-ModuleUnderTest)
    Push-Location $TestDrive
    New-TestPicture (Join-Path $TestDrive 'a.png') -Width 8 -Height 8
    $picture = New-PixelDataset a.png
    $run = $picture | Invoke-MlpTraining -HiddenLayer 4 -Epoch 1 -SnapshotEvery 1 -SnapshotPath run.snapshots
    $run | Export-MlpModel model.safetensors
    $picture | New-MlpStart -Epoch 1 | Export-MlpModel start.mlpz
    $picture | Invoke-MlpTraining -HiddenLayer 4 -Epoch 1 -CheckpointPath run.checkpoint | Out-Null
    $rows = $picture | Invoke-MlpExperiment @{ HiddenLayer = 4; Epoch = 1 }
    $proxies = @{}
    foreach ($command in Get-Command -Module MonaLisa.PS -CommandType Cmdlet) {
        $proxies[$command.Name] = [scriptblock]::Create([System.Management.Automation.ProxyCommand]::Create($command))
    }

    function Get-Arguments($Base, $Name, $Given) {
        $arguments = & $Base
        $value = $Given -is [scriptblock] ? (& $Given) : $Given
        $changes = $value -is [hashtable] ? $value : @{ $Name = $value }
        foreach ($key in $changes.Keys) {
            if ($null -eq $changes[$key]) { $arguments.Remove($key) } else { $arguments[$key] = $changes[$key] }
        }
        $arguments
    }

    # What the call wrote, without its jobs, which are waited for.
    function Complete-Jobs {
        Get-Job | Wait-Job | Remove-Job
    }
}

AfterAll {
    Pop-Location
}

Describe 'Mocks, proxies and default values' {
    It '<Command> takes -<Name> as it takes it from the command line' -ForEach $parameters {
        $Given | Should -Not -BeNullOrEmpty -Because "-$Name of $Command needs a value in the table above"
        Get-Command $Command | Should -HaveParameter $Name
        $arguments = Get-Arguments $Base $Name $Given

        Mock $Command { 'mocked' }
        & $Command @arguments | Should -Be 'mocked'
        Should -Invoke $Command -Times 1 -Exactly -ParameterFilter { $PesterBoundParameters.ContainsKey($Name) }
        if ($arguments[$Name] -is [string]) {
            Should -Invoke $Command -Times 1 -Exactly -ParameterFilter { $PesterBoundParameters[$Name] -eq $arguments[$Name] }
        }

        & $proxies[$Command] @arguments -ErrorAction Stop -WarningAction SilentlyContinue | Out-Null
        Complete-Jobs

        $PSDefaultParameterValues = @{ "${Command}:$Name" = $arguments[$Name] }
        $arguments.Remove($Name)
        & "MonaLisa.PS\$Command" @arguments -ErrorAction Stop -WarningAction SilentlyContinue | Out-Null
        Complete-Jobs
    }
}
