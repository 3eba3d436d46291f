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
        @{ Name = 'a colour'; Of = { $run | Invoke-MlpNetwork -X 0.5 -Y 0.5 }; Shows = 'Hex' }
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
        $text | Should -Match 'StatusMessage'
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

    It 'has a property for each column of <Name>' -ForEach $views {
        $object = @(& $Of)[0]
        $head = @((@($object) | Format-Table | Out-String -Width 80) -split '\r?\n' -match '\S')[0] -replace '\e\[[0-9;]*m'
        # Providers are shown as a list.
        foreach ($column in $head.Trim() -split '\s+' | Where-Object { $_ -ne ':' -and $head -notmatch ':' }) {
            $object.PSObject.Properties[$column] | Should -Not -BeNullOrEmpty -Because $column
            { $object | Select-Object $column | ConvertTo-Csv } | Should -Not -Throw
        }
    }

    It 'shows the last column of a table where it belongs, for <Name>' -ForEach ($views | Where-Object Name -NotIn 'a dataset', 'providers') {
        # A dataset's last column is its path, which begins at its left, and providers are a list.
        (@(& $Of)[0] | Format-Table | Out-String -Width 300) -split '\r?\n' -replace '\e\[[0-9;]*m' |
            ForEach-Object { $_.TrimEnd().Length } | Measure-Object -Maximum | ForEach-Object Maximum | Should -BeLessOrEqual 120
    }

    It 'is selected, sorted and grouped by what the columns are called' {
        ($run | Select-Object Name, Encoding, Weights, Time, Loss, Seed | ConvertTo-Csv)[1] |
            Should -Match "^`"$($run.Name)`",`"None`",`"336`",`"[0-9:.]+`",`"[0-9.E-]+`",`"$($run.Seed)`"$"
        ($run, $run | Sort-Object Loss, Time | Group-Object Encoding).Count | Should -Be 2
        ($run.Network | Select-Object Encoding, Weights, Seed).Weights | Should -Be $run.Network.WeightCount
        ($rows | Sort-Object HeldOut, Params | Select-Object Params)[0].Params | Should -Be $rows[0].ParameterCount
    }

    It 'is flat in a file: <Name>' -ForEach $views {
        & $Of | ConvertTo-Csv | Should -Not -Match 'System\.|MonaLisa\.|\[\]|Record \{|Options \{'
    }

    It 'says which picture an experiment''s rows and summaries are of' {
        $rows | Out-String -Width 80 | Should -Match 'Picture\s+Setting'
        $rows | Measure-MlpExperiment | Out-String -Width 80 | Should -Match 'Picture\s+Setting'
    }

    It 'says channels and held-out share of a dataset' {
        $text = New-PixelDataset $path -HoldOut 0.25 | Out-String -Width 80
        $text | Should -Match 'Channels'
        $text | Should -Match '\s25\.0\s?%\s'
    }

    It 'fits infinity and negative similarity into their columns' {
        Push-Location $TestDrive
        try {
            New-TestPicture (Join-Path $TestDrive 'left.png') -BlackColumns 8
            $same = Get-Item left.png | Measure-GeneratedImage left.png | Out-String -Width 80
            $negative = New-PixelDataset left.png | Measure-GeneratedImage -Reference ([MonaLisa.Engine.PixelDataset]::new(
                'negative', 16, 16, [byte[]] ((New-PixelDataset left.png).ToArray() | ForEach-Object { 255 - $_ })))
        } finally {
            Pop-Location
        }
        $same | Should -Match '16 x 16\s+Inf\s'
        $negative.Ssim | Should -BeLessThan 0
        $negative | Out-String -Width 80 | Should -Match ([regex]::Escape($negative.Ssim.ToString('F4')))
        $same + ($negative | Out-String -Width 80) | Should -Not -Match '…'
    }

    It 'shows a name that controls a terminal as plain text' {
        # Without a bracket, which Pester 5 could not remove from its TestDrive.
        $name = if ($IsWindows) { "a$([char] 0x202e)b" } else { "a`ec`a$([char] 0x9b)`nb$([char] 0x202e)c" }
        $file = Join-Path $TestDrive "$name.png"
        New-TestPicture $file
        $picture = New-PixelDataset -LiteralPath $file
        $picture.Path | Should -BeExactly $file
        $one = $picture | Invoke-MlpTraining -HiddenLayer 4 -Epoch 1
        $models = Join-Path $TestDrive $name models
        $null = [IO.Directory]::CreateDirectory((Split-Path $models))
        $row = $picture | Invoke-MlpExperiment @{ HiddenLayer = 4; Epoch = 1 } -ModelDestination $models
        $failed = New-PixelDataset -LiteralPath "$file.none" -ErrorAction Continue 2>&1
        $shown = foreach ($thing in $picture, $one, $row, ($row | Measure-MlpExperiment), ($one | Measure-GeneratedImage), ($one | Invoke-MlpNetwork -X 0 -Y 0), $failed) {
            $thing | Format-Table | Out-String -Width 300
            $thing | Format-List | Out-String -Width 300
            $thing | Out-String -Width 300
        }
        foreach ($view in 'ConciseView', 'NormalView', 'CategoryView') {
            $ErrorView = $view
            $shown += $failed | Out-String -Width 300
        }
        $shown = $shown -replace '\e\[[0-9;]*m' -split '\r?\n'
        $shown -cmatch '[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]' | Should -BeNullOrEmpty
        $shown -cmatch '_b' | Should -Not -BeNullOrEmpty
    }

    It 'survives Select-Object * and ConvertTo-Json for <Name>' -ForEach $views {
        & $Of | Select-Object * | ConvertTo-Json -Depth 1 -WarningAction Ignore | Should -Not -BeNullOrEmpty
    }
}
