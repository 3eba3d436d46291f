BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'TestSupport.psm1') -Force
    Import-Module (Get-ModuleUnderTest)
    Set-StrictMode -Version Latest
}

Describe 'Pictures to look at' {
    BeforeAll {
        $folder = Join-Path $TestDrive 'show'
        $null = New-Item -ItemType Directory $folder
        Push-Location -LiteralPath $folder
        New-TestPicture (Join-Path $folder 'a.png') -Width 20 -Height 10
        $run = New-PixelDataset a.png | Invoke-MlpTraining -HiddenLayer 8 -Epoch 1
    }

    AfterAll {
        Pop-Location
    }

    It 'shows <What> as one string of the size asked for' -ForEach @(
        @{ What = 'a run'; Script = { $run | Show-GeneratedImage -Protocol Text -Width 40 } }
        @{ What = 'a dataset'; Script = { $run.Dataset | Show-GeneratedImage -Protocol Text -Width 40 } }
    ) {
        $shown = @(& $Script)
        $shown.Count | Should -Be 1
        $lines = $shown[0] -split "`n"
        $lines.Count | Should -Be 10
        $lines[0].Length | Should -Be 40
    }

    It 'keeps <Protocol> whole on its way through a file' -ForEach @(
        @{ Protocol = 'Kitty' }, @{ Protocol = 'ITerm2' }, @{ Protocol = 'Sixel' }, @{ Protocol = 'Blocks' }
    ) {
        $shown = $run | Show-GeneratedImage -Protocol $Protocol -Width 20
        $shown | Set-Content shown.txt -NoNewline
        Get-Content shown.txt -Raw | Should -BeExactly $shown
        $shown | Should -Match "`e"
    }

    It 'uses no escape sequences where PowerShell is to give plain text' {
        $before = $PSStyle.OutputRendering
        try {
            $PSStyle.OutputRendering = 'PlainText'
            $run | Show-GeneratedImage | Should -Not -Match "`e"
        }
        finally {
            $PSStyle.OutputRendering = $before
        }
    }

    It 'can have another protocol by default' {
        $PSDefaultParameterValues = @{ 'Show-GeneratedImage:Protocol' = 'Sixel' }
        $run | Show-GeneratedImage -Width 20 | Should -Match "`eP"
    }

    It 'writes <File>' -ForEach @(
        @{ File = 'errors.png'; Script = { $run | Export-ErrorMap errors.png -PassThru } }
        @{ File = 'neurons.webp'; Script = { $run | Export-NeuronImage neurons.webp -PassThru } }
    ) {
        (& $Script).Name | Should -Be $File
        { $ErrorActionPreference = 'Stop'; & $Script } | Should -Throw -ErrorId 'FileExists*'
        New-PixelDataset $File | Should -Not -BeNullOrEmpty
    }

    It 'shows the picture of a run that came back from a job' {
        $module = Get-ModuleUnderTest
        $back = Start-Job { Import-Module $using:module; Set-Location -LiteralPath $using:folder; New-PixelDataset a.png | Invoke-MlpTraining -HiddenLayer 4 -Epoch 1 } |
            Receive-Job -Wait -AutoRemoveJob
        $back | Show-GeneratedImage -Protocol Text -Height 5 | Should -BeOfType [string]
    }

    It 'does without a live picture in a job, and says so' {
        $job = New-PixelDataset a.png | Invoke-MlpTraining -HiddenLayer 4 -Epoch 1 -Live -AsJob -WarningVariable warnings -WarningAction SilentlyContinue
        $job | Receive-Job -Wait -AutoRemoveJob | Should -Not -BeNullOrEmpty
        @($warnings).Count | Should -Be 1
        "$warnings" | Should -BeLike '-Live shows no picture*'
    }
}
