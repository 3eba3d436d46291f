BeforeDiscovery {
    $views = @(
        @{ Name = 'a dataset'; Of = { $run.Dataset }; Shows = 'a-picture-with-quite-a-long' }
        @{ Name = 'a network'; Of = { $run.Network }; Shows = '2-16-16-3' }
        @{ Name = 'a run'; Of = { $run }; Shows = 'PSNR' }
        @{ Name = 'a history'; Of = { $run.History }; Shows = 'Loss' }
        @{ Name = 'layers'; Of = { $run.Network.Layers }; Shows = 'Neurons' }
        @{ Name = 'providers'; Of = { Get-MlpProvider }; Shows = 'Managed' }
        @{ Name = 'an experiment'; Of = { $rows }; Shows = 'HiddenLayer 8' }
        @{ Name = 'a summary'; Of = { $rows | Measure-MlpExperiment }; Shows = 'Runs' }
        @{ Name = 'a quality'; Of = { $run | Measure-GeneratedImage }; Shows = 'SSIM' }
    )
}

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'TestSupport.psm1') -Force
    Import-Module (Get-ModuleUnderTest)
    $path = Join-Path $TestDrive 'a-picture-with-quite-a-long-name-that-does-not-fit.png'
    New-TestPicture $path
    $run = New-PixelDataset $path | Invoke-MlpTraining -HiddenLayer 16, 16 -Epoch 2
    $rows = New-PixelDataset $path | Invoke-MlpExperiment @{ HiddenLayer = (8, 8), (8, 8, 8); Epoch = 1 } -Repeat 2
}

Describe 'What is shown' {
    It 'fits 80 columns for <Name>' -ForEach $views {
        $text = & $Of | Out-String -Width 80
        $text | Should -Match $Shows
        foreach ($line in $text -split '\r?\n') {
            ($line -replace '\e\[[0-9;]*m').Length | Should -BeLessOrEqual 80
        }
    }

    It 'has a list for <Name>' -ForEach $views {
        & $Of | Format-List | Out-String -Width 80 | Should -Match '\S+\s*:'
    }

    It 'survives Select-Object * and ConvertTo-Json for <Name>' -ForEach $views {
        & $Of | Select-Object * | ConvertTo-Json -Depth 1 -WarningAction Ignore | Should -Not -BeNullOrEmpty
    }
}
