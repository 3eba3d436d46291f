BeforeDiscovery {
    $topics = 'about_MonaLisa', 'about_MlpNetworks', 'about_MlpTraining', 'about_MlpProviders'
}

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'TestSupport.psm1') -Force
    Import-Module (Get-ModuleUnderTest)
    New-TestPicture (Join-Path $TestDrive 'a.png')
    New-TestPicture (Join-Path $TestDrive 'b.png')
    Push-Location $TestDrive

    function Complete([string] $Line) {
        [System.Management.Automation.CommandCompletion]::CompleteInput($Line, $Line.Length, $null).CompletionMatches
    }
}

AfterAll {
    Pop-Location
}

Describe 'At the prompt' {
    It 'Get-Help knows <_>' -ForEach $topics {
        $text = Get-Help $_ | Out-String
        $text | Should -Match $_
        $text | Should -Match 'SEE ALSO'
    }

    It 'Get-Help shows what a choice is made of' {
        (Get-Help Invoke-MlpTraining | Out-String -Width 4000) |
            Should -Match ([regex]::Escape('[-Quality {Draft | Standard | High}]'))
        (Get-Help Invoke-MlpTraining -Parameter Activation).type.name | Should -Be 'Activation'
    }

    It 'Tab offers choices with what they mean, and paths as everywhere' {
        $offers = Complete 'Invoke-MlpTraining -Encoding '
        $offers.CompletionText | Should -Be 'None', 'Frequency', 'Fourier', 'Grid', 'Neighborhood', 'Latent'
        $offers.ToolTip | ForEach-Object { $_ | Should -Match ' ' }
        (Complete 'Export-GeneratedImage a').CompletionText | Should -Match 'a\.png$'
        (Complete 'Export-GeneratedImage -Destination ./a').CompletionText | Should -Match 'a\.png$'
    }

    It 'takes times, sizes and layers as people write them' {
        $run = New-PixelDataset a.png -MaxSize 0.01k | Invoke-MlpTraining -HiddenLayer 2x8,4 -MaxTime 0.2s -CheckpointPath c.checkpoint -CheckpointEvery 1m
        $run.Dataset.Width | Should -Be 10
        $run.Network.Shape | Should -Be '2-8-8-4-3'
        $run.Options.MaxTime | Should -Be ([timespan]::FromSeconds(0.2))
    }

    It 'takes the time <Text> for <Seconds> seconds' -ForEach @(
        @{ Text = '10u'; Seconds = 10 }, @{ Text = '10y'; Seconds = 10 }, @{ Text = '10l'; Seconds = 10 }, @{ Text = '([uint16]10)'; Seconds = 10 }
        @{ Text = '([uint32]10)'; Seconds = 10 }, @{ Text = '([uint64]10)'; Seconds = 10 }, @{ Text = '([decimal]10)'; Seconds = 10 }, @{ Text = '10n'; Seconds = 10 }
        @{ Text = "'1.5s'"; Seconds = 1.5 }, @{ Text = "'10'"; Seconds = 10 }, @{ Text = '([timespan]::FromSeconds(10))'; Seconds = 10 }
    ) {
        $run = [scriptblock]::Create("New-PixelDataset a.png -MaxSize 4 | Invoke-MlpTraining -HiddenLayer 2 -Epoch 1 -MaxTime $Text").Invoke()[0]
        $run.Options.MaxTime.TotalSeconds | Should -Be $Seconds
        $row = New-PixelDataset a.png -MaxSize 4 | Invoke-MlpExperiment @{ HiddenLayer = 2; Epoch = 1; MaxTime = [scriptblock]::Create($Text).Invoke()[0] }
        $row.MaxTime | Should -Be $Seconds
    }

    It 'refuses <Arguments>' -ForEach @(
        @{ Arguments = "-Activation 'LeakyReLU,Sigmoid'"; Says = '*Invoke-MlpExperiment*' }, @{ Arguments = '-Activation LeakyReLU, Tanh'; Says = '*Invoke-MlpExperiment*' }
        @{ Arguments = '-Activation 6'; Says = '*cannot be chosen*' }, @{ Arguments = '-Activation $null'; Says = '*-Activation is null*' }
        @{ Arguments = '-Seed $null'; Says = '*-Seed is null*' }, @{ Arguments = '-Activation $config.Activatoin'; Says = '*-Activation is null*' }
        @{ Arguments = '-Omega 30 -Activation ReLU'; Says = '*Omega is for Sine, FINER, WIRE*' }
    ) {
        $config = @{ Activation = 'Tanh' }
        { [scriptblock]::Create("New-MlpNetwork 4 $Arguments").InvokeWithContext($null, [psvariable]::new('config', $config)) } | Should -Throw $Says
    }

    It 'refuses null for every parameter that may be left out' {
        foreach ($command in Get-Command -Module MonaLisa.PS -CommandType Cmdlet) {
            $own = $command.Parameters.Values | Where-Object { $_.Name -notin [System.Management.Automation.Cmdlet]::CommonParameters -and -not $_.SwitchParameter }
            $own | Where-Object { $_.ParameterType.IsValueType -and -not [Nullable]::GetUnderlyingType($_.ParameterType) } |
                ForEach-Object { "$($command.Name) -$($_.Name)" } | Should -BeNullOrEmpty -Because 'null would become zero'
        }
        { New-PixelDataset a.png | Invoke-MlpTraining -Epoch $null -ErrorAction Stop } | Should -Throw '*-Epoch is null*'
        { New-PixelDataset a.png -HoldOut $null -ErrorAction Stop } | Should -Throw '*-HoldOut is null*'
    }

    It 'warns of a time that no training fits in' {
        New-PixelDataset a.png | Invoke-MlpTraining -HiddenLayer 2 -Epoch 1 -MaxTime ([timespan]30) -WarningVariable warnings -WarningAction SilentlyContinue | Out-Null
        $warnings | Should -BeLike '*3 microseconds*'
    }

    It 'refuses an option that has no effect: <Call>' -ForEach @(
        @{ Call = 'Export-GeneratedImage x.png -Quality 50' }, @{ Call = 'Export-GeneratedImage x.tif -Quality 50' }
        @{ Call = 'Export-TrainingAnimation x.gif -Quality 50' }, @{ Call = 'Export-TrainingAnimation -Destination x -Format Png -Loop 2' }
    ) {
        $run = New-PixelDataset a.png | Invoke-MlpTraining -HiddenLayer 2 -Epoch 1 -SnapshotEvery 1 -SnapshotPath effect.snapshots -Force
        { [scriptblock]::Create("`$args[0] | $Call -ErrorAction Stop").Invoke($run) } | Should -Throw '*eave*out*'
        'x.png', 'x.tif', 'x.gif', 'x' | Should -Not -Exist
    }

    It 'calls formats by both their names' {
        $run = New-PixelDataset a.png | Invoke-MlpTraining -HiddenLayer 2 -Epoch 1
        $files = 'Jpeg', 'Jpg', 'Tiff', 'Tif' | ForEach-Object { $run | Export-GeneratedImage -Destination formats -Format $_ -Force -PassThru }
        $files.Extension | Should -Be '.jpg', '.jpg', '.tif', '.tif'
    }

    It 'never offers files for times, sizes and counts' {
        foreach ($command in Get-Command -Module MonaLisa.PS -CommandType Cmdlet) {
            foreach ($parameter in $command.Parameters.Values | Where-Object { $_.ParameterType.Name -in 'Duration', 'Count', 'SnapshotInterval', 'Layers[]' -or $_.Name -in 'Region', 'Scale' }) {
                foreach ($word in '', 'a', '7') {
                    (Complete "$($command.Name) -$($parameter.Name) $word").ResultType | Should -Not -Contain 'ProviderItem' -Because "-$($parameter.Name) of $($command.Name)"
                }
            }
        }
        (Complete 'Invoke-MlpTraining -MaxTime ').CompletionText | Should -Contain '30s'
    }

    It 'takes k for layers, snapshots and repetitions' {
        (New-MlpNetwork -HiddenLayer 0.25k, 2x0.125k).Shape | Should -Be '2-256-128-128-3'
        $run = New-PixelDataset a.png -MaxSize 2 | Invoke-MlpTraining -HiddenLayer 2 -Epoch 2 -SnapshotEvery 1k
        $run | Export-TrainingAnimation k.webp -Loop 1k
        (Get-Item k.webp).Length | Should -BeGreaterThan 0
    }

    It '<Command> -<Name> says what one value is when it gets several' -ForEach @(
        @{ Command = 'Export-GeneratedImage'; Name = 'Path'; Says = '*one value, and 2 were given. Give one path*' }
        @{ Command = 'Export-GeneratedImage'; Name = 'Destination'; Says = '*one value, and 2 were given. Give one path*' }
        @{ Command = 'Export-TrainingPlot'; Name = 'Path'; Says = '*one value, and 2 were given. Give one path*' }
        @{ Command = 'Measure-GeneratedImage'; Name = 'Reference'; Says = "*one value, and 2 were given. Give a picture's path*" }
        @{ Command = 'Invoke-MlpTraining'; Name = 'Network'; Says = '*one value, and 2 were given. Give a network*' }
    ) {
        $arguments = @{ $Name = 'a.png', 'b.png' }
        { New-MlpNetwork -HiddenLayer 2 | & $Command @arguments } | Should -Throw $Says
    }

    It 'has few verbose lines for many epochs' {
        $lines = New-PixelDataset a.png -MaxSize 2 | Invoke-MlpTraining -HiddenLayer 2 -Epoch 2000 -Verbose 4>&1 | Where-Object { $_ -is [System.Management.Automation.VerboseRecord] }
        @($lines).Count | Should -BeLessThan 60
        "$lines" | Should -Match 'Epoch 9:.*Epoch 10:.*Epoch 20:.*Epoch 1000:.*Epoch 2000:'
    }

    It 'Get-Help has defaults, and a page for -Online' {
        (Get-Help New-MlpNetwork -Parameter Seed).defaultValue | Should -Be '2012'
        (Get-Help Invoke-MlpTraining).relatedLinks.navigationLink[0].uri | Should -BeLike 'https://*/Invoke-MlpTraining.md'
    }

    It 'names each file by a script block, and goes on after one that fails' {
        $runs = New-PixelDataset a.png, b.png | Invoke-MlpTraining -HiddenLayer 4 -Epoch 1
        $runs | Export-GeneratedImage { $_.Dataset.Name + '-painted.png' }
        'a-painted.png', 'b-painted.png' | Should -Exist
        $runs | Export-MlpModel { if ($_.Dataset.Name -eq 'a') { throw 'no' }; 'b.onnx' } -ErrorVariable problems -ErrorAction SilentlyContinue
        'b.onnx' | Should -Exist
        @($problems | ForEach-Object FullyQualifiedErrorId) | Should -Contain 'PathScriptFailed,MonaLisa.PowerShell.ExportMlpModelCommand'
    }
}
