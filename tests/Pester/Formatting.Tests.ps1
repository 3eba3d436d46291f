BeforeDiscovery {
    $views = @(
        @{ Name = 'a dataset'; Of = { $run.Dataset }; Shows = 'a-picture-with-quite-a-long' }
        @{ Name = 'a network'; Of = { $run.Network }; Shows = '2-2x16-3' }
        @{ Name = 'a run'; Of = { $run }; Shows = 'PSNR' }
        @{ Name = 'a history'; Of = { $run.History }; Shows = 'Loss' }
        @{ Name = 'a deep network'; Of = { New-MlpNetwork 12x300, 8x64 -Encoding Fourier -Activation LeakyReLU -Seed ([int]::MaxValue) }; Shows = '12x300-8x64-3' }
        @{ Name = 'a wide network'; Of = { New-MlpNetwork 2x3000 }; Shows = '9\d{6}' }
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
    $run = New-PixelDataset $path | Invoke-MlpTraining -HiddenLayer 16, 16 -Epoch 20
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

    It 'draws the loss of a run as a curve that falls, coloured' {
        $escape = [char] 27
        $rendering = $PSStyle.OutputRendering
        try {
            $PSStyle.OutputRendering = 'Ansi'
            $coloured = $run | Out-String -Width 80
            $PSStyle.OutputRendering = 'PlainText'
            $plain = $run | Out-String -Width 80
        } finally {
            $PSStyle.OutputRendering = $rendering
        }
        $curve = [regex]::Match($plain, '[▁▂▃▄▅▆▇█]+\s*$').Value.Trim()
        $curve.Length | Should -Be 12
        $curve[0] | Should -Be '█'
        $curve[-1] | Should -Be '▁'
        $plain | Should -Not -Match $escape
        $coloured | Should -Match "$escape\[[0-9;]+m$curve$escape\[0m"
    }

    It 'wraps no line of a table' {
        @(($run, $run | Out-String -Width 80) -split '\r?\n' | Where-Object { $_ -match 'a-picture' }).Count | Should -Be 2
    }

    It 'shows a job with its progress in 80 columns' {
        $job = $run.Dataset | Invoke-MlpTraining -HiddenLayer 16 -MaxTime 10h -AsJob -JobName 'a job with quite a long name'
        try {
            while (-not $job.StatusMessage) { Start-Sleep -Milliseconds 50 }
            $text = $job | Out-String -Width 80
        } finally {
            $job | Stop-Job -PassThru | Remove-Job
        }
        $text | Should -Match 'Progress'
        $text | Should -Match 'Running +(True|False) +Learning a-picture'
        ($text -split '\r?\n' -replace '\e\[[0-9;]*m' | Measure-Object Length -Maximum).Maximum | Should -BeLessOrEqual 80
    }

    It 'looks the same for a run that came back from another session' {
        $file = Join-Path $TestDrive 'run.clixml'
        $run | Export-Clixml $file
        $again = Import-Clixml $file
        ($again | Out-String -Width 80) | Should -Be ($run | Out-String -Width 80)
    }

    It 'works in strict mode' {
        & { Set-StrictMode -Version Latest; $run, $run.Network | ForEach-Object { $_ | Format-Table | Out-String; $_ | Format-List | Out-String } } |
            Should -Not -BeNullOrEmpty
        $Error | Where-Object { "$_" -match 'ViewText|PSStyle' } | Should -BeNullOrEmpty
    }

    It 'has a list for <Name>' -ForEach $views {
        & $Of | Format-List | Out-String -Width 80 | Should -Match '\S+\s*:'
    }

    It 'survives Select-Object * and ConvertTo-Json for <Name>' -ForEach $views {
        & $Of | Select-Object * | ConvertTo-Json -Depth 1 -WarningAction Ignore | Should -Not -BeNullOrEmpty
    }
}
