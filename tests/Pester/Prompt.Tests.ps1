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
        $offers.CompletionText | Should -Be 'None', 'Frequency', 'Fourier', 'Grid'
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

    It 'names each file by a script block, and goes on after one that fails' {
        $runs = New-PixelDataset a.png, b.png | Invoke-MlpTraining -HiddenLayer 4 -Epoch 1
        $runs | Export-GeneratedImage { $_.Dataset.Name + '-painted.png' }
        'a-painted.png', 'b-painted.png' | Should -Exist
        $runs | Export-MlpModel { if ($_.Dataset.Name -eq 'a') { throw 'no' }; 'b.onnx' } -ErrorVariable problems -ErrorAction SilentlyContinue
        'b.onnx' | Should -Exist
        @($problems | ForEach-Object FullyQualifiedErrorId) | Should -Contain 'PathScriptFailed,MonaLisa.PowerShell.ExportMlpModelCommand'
    }
}
