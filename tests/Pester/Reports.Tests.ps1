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

Describe 'A plot' {
    It 'shows the letters of <Language>, or names them in a warning' -ForEach @(
        @{ Language = 'French'; Text = "$([char]0xC9)cole"; Other = 'Ecole' }
        @{ Language = 'Russian'; Text = "$([char]0x416)"; Other = "$([char]0x42F)" }
        @{ Language = 'Japanese'; Text = "$([char]0x65E5)"; Other = "$([char]0x672C)" }
    ) {
        New-TestPicture (Join-Path $TestDrive 'a.png')
        $run = New-PixelDataset (Join-Path $TestDrive 'a.png') | Invoke-MlpTraining -HiddenLayer 8 -Epoch 2
        $one, $two = (Join-Path $TestDrive 'one.png'), (Join-Path $TestDrive 'two.png')
        $run | Export-TrainingPlot $one -Title $Text -Width 400 -Height 300 -Force -WarningVariable warnings -WarningAction SilentlyContinue
        $run | Export-TrainingPlot $two -Title $Other -Width 400 -Height 300 -Force -WarningAction SilentlyContinue
        if ($warnings) {
            "$warnings" | Should -BeLike "*$one*$($Text[0])*SVG*"
        }
        else {
            $one | Should -Not -LookLike $two -Psnr 99
        }
    }

    It 'names letters that no font has' {
        New-TestPicture (Join-Path $TestDrive 'a.png')
        $run = New-PixelDataset (Join-Path $TestDrive 'a.png') | Invoke-MlpTraining -HiddenLayer 8 -Epoch 2
        $run | Export-TrainingPlot (Join-Path $TestDrive 'none.png') -Title "x $([char]0xFDD1)" -WarningVariable warnings -WarningAction SilentlyContinue
        $warnings | Should -HaveCount 1
        "$warnings" | Should -Match ([char]0xFDD1)
        $run | Export-TrainingPlot (Join-Path $TestDrive 'ascii.png') -Title 'x' -WarningVariable warnings
        $warnings | Should -BeNullOrEmpty
    }
}
