# What goes into the commands: several objects, rows of experiments, networks without their runs, and things of another kind.
BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'TestSupport.psm1') -Force
    Import-Module (Get-ModuleUnderTest)
    Set-StrictMode -Version Latest
    # The errors are looked at, and a suite may be run with Stop.
    $ErrorActionPreference = 'Continue'
    Push-Location -LiteralPath $TestDrive
    New-TestPicture (Join-Path $TestDrive 'a.png')
    New-TestPicture (Join-Path $TestDrive 'b.png') -BlackColumns 4
    New-TestPicture (Join-Path $TestDrive 'large.png') -Width 32 -Height 32
    $pictures = New-PixelDataset a.png, b.png
    $runs = $pictures | Invoke-MlpTraining -HiddenLayer 8 -Epoch 1 -SnapshotEvery 1
    $run = $runs[0]
    $rows = $pictures | Invoke-MlpExperiment @{ HiddenLayer = 4; Activation = 'Sine', 'ReLU'; Epoch = 1 } -PassThru
    $run | Export-MlpModel n.safetensors
}

AfterAll {
    Pop-Location
}

Describe 'The colour at a place' {
    It 'is one call' {
        $color = $run | Invoke-MlpNetwork -X 0.5 -Y 0.25
        $color.Name, $color.Column, $color.Row | Should -Be 'a', 8, 4
        $run.GetColor(0.5, 0.25) | Should -Be $color
        $run.Network.GetColor(0.5, 0.25).Hex | Should -Be $color.Hex
        (Invoke-MlpNetwork ./n.safetensors -X 0.5 -Y 0.25).Hex | Should -Be $color.Hex
        (Get-Item n.safetensors | Invoke-MlpNetwork -X 0.5 -Y 0.25).Hex | Should -Be $color.Hex
    }

    It 'is that of the painted picture, for every pixel' {
        $run | Export-GeneratedImage p.png -Force
        $painted = (New-PixelDataset p.png).GetPixels().Hex
        ($run | Invoke-MlpNetwork).Hex | Should -Be $painted
        ($run.Dataset.GetPixels() | Invoke-MlpNetwork $run).Hex | Should -Be $painted
    }

    It 'is asked for arrays, rows of a file, and several networks' {
        ($run | Invoke-MlpNetwork -X 0.1, 0.9 -Y 0.5).X | Should -Be 0.1, 0.9
        ($run | Invoke-MlpNetwork -X 0.1, 0.9 -Y 0.2, 0.3).Y | Should -Be 0.2, 0.3
        ('X,Y', '0.5,0.25', '1,1' | ConvertFrom-Csv | Invoke-MlpNetwork $run).Row | Should -Be 4, 15
        ($runs | Invoke-MlpNetwork -X 0 -Y 0).Name | Should -Be 'a', 'b'
        ($rows[0] | Invoke-MlpNetwork -X 0 -Y 0).Name | Should -Be 'a'
        New-MlpNetwork 4 | Invoke-MlpNetwork -X 0 -Y 0 | ForEach-Object Column | Should -BeNullOrEmpty
    }

    It 'is flat in a file' {
        $run.GetColor(0, 0) | ConvertTo-Csv | Select-Object -First 1 | Should -Be '"Name","X","Y","Column","Row","Red","Green","Blue","Alpha","Hex"'
    }

    It 'has an error for <Text>, and the next follows' -ForEach @(
        @{ Text = 'pixels in place of shares'; Call = { $run | Invoke-MlpNetwork -X 150 -Y 0 }; Says = '*from 0 at the left edge to 1*(c + 0.5) / width*' }
        @{ Text = 'numbers that do not go together'; Call = { $run | Invoke-MlpNetwork -X 0, 0.5, 1 -Y 0, 1 }; Says = '*X has 3 numbers and Y has 2*' }
        @{ Text = 'a network of no picture'; Call = { New-MlpNetwork 4 | Invoke-MlpNetwork }; Says = '*Give -X and -Y*' }
        @{ Text = 'a number'; Call = { 42 | Invoke-MlpNetwork -X 0 -Y 0 }; Says = '*A training run, a network or the path of a model file is needed*' }
        @{ Text = 'a picture'; Call = { $run.Dataset | Invoke-MlpNetwork -X 0 -Y 0 }; Says = '*Train a network on it with Invoke-MlpTraining*' }
    ) {
        "$(& $Call 2>&1)" | Should -BeLike $Says
        { & $Call 2> $null } | Should -Not -Throw
    }
}

Describe 'A picture to measure with' {
    It 'is given by position beside what comes through the pipeline' {
        ($run | Measure-GeneratedImage ./large.png).Width | Should -Be 32
        ($run.Network | Measure-GeneratedImage ./large.png).Width | Should -Be 32
        ($run | Measure-GeneratedImage $runs[1]).Reference | Should -Be 'b'
        (Get-Item a.png | Measure-GeneratedImage a.png).Psnr | Should -Be ([double]::PositiveInfinity)
    }

    It 'is the second of two by position' {
        $quality = Measure-GeneratedImage ./a.png ./b.png
        $quality.Name, $quality.Reference | Should -Be 'a', 'b'
        (Measure-GeneratedImage $run).Reference | Should -Be 'a'
        (Measure-GeneratedImage $run ./large.png).Width | Should -Be 32
    }

    It 'cannot be given twice' {
        { $run | Measure-GeneratedImage ./a.png -Reference ./b.png } | Should -Throw '*comes through the pipeline, and is also given*'
        { $run | Measure-GeneratedImage 42 } | Should -Throw '*is needed, not an object of type System.Int32*'
    }
}

Describe 'Several objects' {
    It 'are taken by <Name>' -ForEach @(
        @{ Name = 'Invoke-MlpTraining'; Call = { Invoke-MlpTraining $pictures -HiddenLayer 4 -Epoch 1 }; Count = 2 }
        @{ Name = 'New-MlpNetwork'; Call = { New-MlpNetwork 4 -InputObject $pictures }; Count = 2 }
        @{ Name = 'Invoke-MlpExperiment'; Call = { Invoke-MlpExperiment @{ HiddenLayer = 4; Epoch = 1 } $pictures }; Count = 2 }
        @{ Name = 'Measure-GeneratedImage'; Call = { Measure-GeneratedImage $runs }; Count = 2 }
        @{ Name = 'Show-GeneratedImage'; Call = { Show-GeneratedImage $runs -Protocol Text -Width 8 }; Count = 2 }
        @{ Name = 'Export-GeneratedImage'; Call = { Export-GeneratedImage -Destination g -InputObject $runs -PassThru }; Count = 2 }
        @{ Name = 'Export-MlpModel'; Call = { Export-MlpModel -Destination m -InputObject $runs -PassThru }; Count = 2 }
        @{ Name = 'Export-ErrorMap'; Call = { Export-ErrorMap -Destination e -InputObject $runs -PassThru }; Count = 2 }
        @{ Name = 'Export-NeuronImage'; Call = { Export-NeuronImage -Destination l -InputObject $runs -PassThru }; Count = 2 }
        @{ Name = 'Export-TrainingAnimation'; Call = { Export-TrainingAnimation -Destination s -InputObject $runs -Width 8 -Duration 0.2 -PassThru }; Count = 2 }
        @{ Name = 'Export-TrainingPlot'; Call = { Export-TrainingPlot both.svg $runs -PassThru }; Count = 1 }
    ) {
        @(& $Call).Count | Should -Be $Count
    }
}

Describe 'Rows of an experiment' {
    It 'are painted, saved, measured and shown' {
        ($rows | Export-GeneratedImage { "$($_.Picture)-$($_.Activation).png" } -PassThru).Name |
            Should -Be 'a-Sine.png', 'a-ReLU.png', 'b-Sine.png', 'b-ReLU.png'
        ($rows[0] | Export-MlpModel row.safetensors -PassThru).Name | Should -Be 'row.safetensors'
        ($rows | Measure-GeneratedImage).Psnr | Should -HaveCount 4
        $rows[0] | Show-GeneratedImage -Protocol Text -Width 8 -SideBySide | Should -Not -BeNullOrEmpty
    }

    It 'without their runs are told so' {
        $bare = $pictures[0] | Invoke-MlpExperiment @{ HiddenLayer = 4; Epoch = 1 }
        foreach ($call in { $bare | Export-GeneratedImage x.png }, { $bare | Measure-GeneratedImage }, { $bare | Show-GeneratedImage }) {
            "$(& $call 2>&1)" | Should -BeLike '*has no run. Rows have their runs after Invoke-MlpExperiment -PassThru*'
        }
    }
}

Describe 'A script for the path of plots and reports' {
    It 'gives a file for each picture' {
        ($runs | Export-TrainingReport { $_.Dataset.Name + '.html' } -PassThru).Name | Should -Be 'a.html', 'b.html'
        ($rows | Export-TrainingPlot { $_.Picture + '.svg' } -PassThru).Name | Should -Be 'a.svg', 'b.svg'
        Get-Content a.svg -Raw | Should -Match 'Activation ReLU|>ReLU<'
    }

    It 'has an error for a run without a path, and the others follow' {
        $null = $runs | Export-TrainingPlot { if ($_.Dataset.Name -eq 'b') { 'only-b.svg' } } -ErrorVariable said -ErrorAction SilentlyContinue
        $said[0].FullyQualifiedErrorId | Should -BeLike 'PathScriptFailed,*'
        'only-b.svg' | Should -Exist
    }
}

Describe 'A network without its run' {
    It 'knows the size of its picture' {
        $run.Network | Export-GeneratedImage alone.png
        (New-PixelDataset alone.png).Width | Should -Be 16
        ($run.Network | Export-GeneratedImage -Destination alone -PassThru).Name | Should -Be 'a-painted.png'
        ([System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize($run.Network)) |
            Export-GeneratedImage -Destination sent -PassThru).Name | Should -Be 'a-painted.png'
    }
}

Describe 'The original beside a painting' {
    It 'is shown by a switch, or given' {
        $both = $run | Show-GeneratedImage -Protocol Text -Width 8 -SideBySide
        ($run | Show-GeneratedImage -Protocol Text -Width 8 -Reference a.png) | Should -Be $both
        ($run.Network | Show-GeneratedImage -Protocol Text -Width 8 -Reference $run) | Should -Be $both
        ($run.Network | Show-GeneratedImage -Protocol Text -Width 8 -Reference ./large.png -Region 0, 0, 8, 8) | Should -Not -BeNullOrEmpty
        ($run | Export-TrainingAnimation side.webp -SideBySide -Duration 0.2 -PassThru).Name | Should -Be 'side.webp'
    }

    It 'is the same for every command' {
        foreach ($command in Get-Command -Module MonaLisa.PS | Where-Object { $_.Parameters.ContainsKey('Reference') }) {
            $command.Parameters.Reference.ParameterType.Name | Should -Be 'PictureSource' -Because $command.Name
        }
        { $run | Show-GeneratedImage -Reference } | Should -Throw '*Missing an argument for parameter*Reference*'
    }
}

Describe 'What Tab offers for a run' {
    It 'has nothing of a job' {
        $line = '$learned = New-PixelDataset a.png | Invoke-MlpTraining; $learned.'
        $offered = (TabExpansion2 $line $line.Length).CompletionMatches.ListItemText
        $offered | Should -Contain 'Network'
        $offered | Should -Not -Contain 'StatusMessage'
        $offered | Should -Not -Contain 'HasMoreData'
    }
}

Describe 'Objects of another kind' {
    It 'are told the right command: <Text>' -ForEach @(
        @{ Text = 'a file to learn'; Call = { Get-Item a.png | Invoke-MlpTraining -Epoch 1 }; Says = '*A dataset is needed*New-PixelDataset*' }
        @{ Text = 'a path to learn'; Call = { 'a.png' | Invoke-MlpTraining -Epoch 1 }; Says = '*A dataset is needed*New-PixelDataset*' }
        @{ Text = 'a run to learn'; Call = { $run | Invoke-MlpTraining -Epoch 1 }; Says = '*its property Dataset*-Network*' }
        @{ Text = 'a network to learn'; Call = { $run.Network | Invoke-MlpTraining -Epoch 1 }; Says = '*give the network as -Network*' }
        @{ Text = 'a file for a network'; Call = { 'a.png' | New-MlpNetwork 4 }; Says = '*New-PixelDataset*' }
        @{ Text = 'a file for an experiment'; Call = { 'a.png' | Invoke-MlpExperiment @{ Epoch = 1 } }; Says = '*New-PixelDataset*' }
        @{ Text = 'a model file to paint'; Call = { 'n.safetensors' | Export-GeneratedImage x.png }; Says = '*Import-MlpModel*' }
        @{ Text = 'a picture to paint'; Call = { $run.Dataset | Export-GeneratedImage x.png }; Says = '*Invoke-MlpTraining*' }
        @{ Text = 'a file to show'; Call = { 'a.png' | Show-GeneratedImage }; Says = '*New-PixelDataset*Import-MlpModel*' }
        @{ Text = 'a run for a row'; Call = { $run | Measure-MlpExperiment }; Says = '*Measure-GeneratedImage*' }
        @{ Text = 'a network to plot'; Call = { $run.Network | Export-TrainingPlot x.svg }; Says = '*Pass on the training run*' }
    ) {
        "$(& $Call 2>&1)" | Should -BeLike $Says
    }

    It 'do not keep the next from being learned' {
        $learned = 'a.png', $pictures[1] | Invoke-MlpTraining -HiddenLayer 4 -Epoch 1 -ErrorVariable said -ErrorAction SilentlyContinue
        $learned.Dataset.Name | Should -Be 'b'
        $said[0].FullyQualifiedErrorId | Should -BeLike 'UnsupportedInput,*'
    }
}
