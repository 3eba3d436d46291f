BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'TestSupport.psm1') -Force
    Import-Module (Get-ModuleUnderTest)
    Set-StrictMode -Version Latest
}

Describe 'A report' {
    BeforeEach {
        $folder = Join-Path $TestDrive ([guid]::NewGuid())
        $null = New-Item -ItemType Directory $folder
        Push-Location -LiteralPath $folder
        New-TestPicture (Join-Path $folder 'a.png') -Width 24 -Height 12
    }

    AfterEach {
        Pop-Location
    }

    It 'comes of a run in one line, with its animation, and needs no other file' {
        $file = New-PixelDataset a.png | Invoke-MlpTraining -HiddenLayer 8 -Epoch 3 -SnapshotEvery 1 |
            Export-TrainingReport report.html -Title 'A & B' -PassThru
        $file.Name | Should -Be 'report.html'
        $page = Get-Content -Raw -LiteralPath $file
        $page | Should -Match '<title>A &amp; B</title>'
        $page | Should -Match 'data:image/(webp|png);base64,'
        $page | Should -Not -Match '(src|href)="(?!data:|#)'
        $page | Should -Match '<details class="animation"'
    }

    It 'comes of the rows of an experiment, named by their settings' {
        New-PixelDataset a.png | Invoke-MlpExperiment @{ HiddenLayer = (, 4), (, 8); Epoch = 2 } -PassThru |
            Export-TrainingReport report.html
        $names = [regex]::Matches((Get-Content -Raw report.html), '<section class="run"[^>]*>\s*<h2[^>]*>([^<]+)</h2>')
        $names.ForEach{ $_.Groups[1].Value } | Should -Be 'HiddenLayer 4', 'HiddenLayer 8'
    }

    It 'does not replace another without being told' {
        $run = New-PixelDataset a.png | Invoke-MlpTraining -HiddenLayer 8 -Epoch 1
        $run | Export-TrainingReport report.html
        { $run | Export-TrainingReport report.html -ErrorAction Stop } |
            Should -Throw -ErrorId 'FileExists,MonaLisa.PowerShell.ExportTrainingReportCommand'
        { $run | Export-TrainingReport report.html -Force -ErrorAction Stop } | Should -Not -Throw
    }
}
