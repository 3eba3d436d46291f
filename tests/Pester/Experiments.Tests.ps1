BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'TestSupport.psm1') -Force
    Import-Module (Get-ModuleUnderTest)
    New-TestPicture (Join-Path $TestDrive 'a.png')
    $picture = New-PixelDataset (Join-Path $TestDrive 'a.png')
    $settings = @{ HiddenLayer = (4, 4), (8, 8); Activation = 'Sine', 'ReLU'; Epoch = 2 }
}

Describe 'Experiments' {
    It 'has rows that files take as they are' {
        $rows = $picture | Invoke-MlpExperiment $settings -PassThru
        $rows | Should -HaveCount 4
        $fromCsv = @($rows | ConvertTo-Csv | ConvertFrom-Csv)
        $fromCsv[0].Activation | Should -Be 'Sine'
        $fromCsv[0].HiddenLayer | Should -Be '4,4'
        [double] $fromCsv[0].Psnr | Should -Be $rows[0].Psnr
        $fromCsv[0].PSObject.Properties.Name | Should -Not -Contain 'Run'
        $fromJson = $rows | ConvertTo-Json | ConvertFrom-Json
        $fromJson[3].Psnr | Should -Be $rows[3].Psnr
        $fromJson[3].PSObject.Properties.Name | Should -Not -Contain 'Run'
        ($fromCsv | Measure-MlpExperiment).Psnr | Should -Be ($rows | Measure-MlpExperiment).Psnr
        $rows[0].Run.Network.Shape | Should -Be '2-4-4-3'
    }

    It 'goes on where it was broken off' {
        $file = Join-Path $TestDrive 'results.jsonl'
        $picture | Invoke-MlpExperiment $settings -Path $file | Select-Object -First 2 | Should -HaveCount 2
        $before = Get-Content $file
        $before | Should -HaveCount 2
        Add-Content $file '{"MonaLisaExperiment":1,"Ke' -NoNewline
        $picture | Invoke-MlpExperiment $settings -Path $file | Should -HaveCount 4
        (Get-Content $file)[0..1] | Should -Be $before
        Get-Content $file | Should -HaveCount 4
    }

    It 'sums up rows alike wherever they have been' {
        $file = Join-Path $TestDrive 'repeated.jsonl'
        $rows = $picture | Invoke-MlpExperiment $settings -Repeat 3 -Path $file -ModelDestination (Join-Path $TestDrive 'models') -PassThru
        $summaries = $rows | Measure-MlpExperiment
        $summaries.Runs | Should -Be 3, 3, 3, 3
        $rows | Export-Clixml (Join-Path $TestDrive 'rows.xml')
        $fromFile = Get-Content $file | ConvertFrom-Json
        $forms = @{
            Clixml = { Import-Clixml (Join-Path $TestDrive 'rows.xml') }
            Json = { $rows | ConvertTo-Json | ConvertFrom-Json }
            Csv = { $rows | ConvertTo-Csv | ConvertFrom-Csv }
            File = { $fromFile }
            FileAsCsv = { $fromFile | ConvertTo-Csv | ConvertFrom-Csv }
            Job = { Start-Job { $using:rows } | Receive-Job -Wait -AutoRemoveJob }
        }
        foreach ($form in $forms.Keys) {
            $read = & $forms[$form] | Measure-MlpExperiment
            $read.Runs | Should -Be 3, 3, 3, 3 -Because $form
            $read.PsnrSpread | Should -Be $summaries.PsnrSpread -Because $form
            $read.Setting | Should -Not -Contain '' -Because $form
        }
        ($fromFile | Measure-MlpExperiment).HiddenLayer | Should -Be $summaries.HiddenLayer
    }

    It 'paints the runs of rows from a file' {
        $xml = Join-Path $TestDrive 'runs.xml'
        $picture | Invoke-MlpExperiment $settings -PassThru | Export-Clixml $xml
        Import-Clixml $xml | Export-GeneratedImage { Join-Path $TestDrive "painted $($_.Setting).png" }
        Join-Path $TestDrive 'painted Activation Sine; HiddenLayer 4,4.png' | Should -Exist
    }

    It 'names a setting that does not exist' {
        { $picture | Invoke-MlpExperiment @{ Layers = 4 } } | Should -Throw -ErrorId 'InvalidSetting,*' -ExpectedMessage '*no setting Layers*'
    }

    It 'plots what it ran' {
        $plot = Join-Path $TestDrive 'plot.png'
        $picture | Invoke-MlpExperiment $settings -PassThru | Export-TrainingPlot $plot -Width 600 -Height 400
        (New-PixelDataset $plot).Width | Should -Be 600
    }
}
