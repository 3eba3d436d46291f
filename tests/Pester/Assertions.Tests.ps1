BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'TestSupport.psm1') -Force
    $modulePath = Get-ModuleUnderTest
    Import-Module $modulePath
    Set-StrictMode -Version Latest

    $folder = Join-Path $TestDrive "pictures 'of' [tests]"
    $null = New-Item -ItemType Directory -Path $folder
    Push-Location -LiteralPath $folder
    New-TestPicture (Join-Path $folder 'learned.png')
    $run = New-PixelDataset learned.png | Invoke-MlpTraining -HiddenLayer 8 -Epoch 1 -Seed 1
    $psnr = [Math]::Floor($run.Psnr * 100) / 100
    $other = New-MlpNetwork 3
}

AfterAll {
    Pop-Location
}

Describe 'Should -HavePsnr' {
    It 'compares a run with what it learned' {
        $run | Should -HavePsnr -AtLeast 1
        $run | Should -HavePsnr 1
        $run | Should -Not -HavePsnr -AtLeast 90
    }

    It 'says what was measured' {
        { $run | Should -HavePsnr -AtLeast 90 -Because 'it is small' } |
            Should -Throw -ErrorId PesterAssertionFailed -ExpectedMessage (
                "Expected 'learned' to have a PSNR of 90 dB or more, because it is small, but it has a PSNR of $psnr dB.")
        { $run | Should -Not -HavePsnr -AtLeast 1.5 } |
            Should -Throw -ExpectedMessage "Expected 'learned' not to have a PSNR of 1.5 dB or more, but it has a PSNR of $psnr dB."
    }

    It 'takes networks, pictures, files and measurements, with a reference' {
        $run.Network | Should -HavePsnr -AtLeast 1 -Reference learned.png
        New-PixelDataset learned.png | Should -HavePsnr -AtLeast 99 -Reference $run
        Get-Item -LiteralPath (Resolve-Path learned.png) | Should -HavePsnr -AtLeast 99 -Reference learned.png
        $run | Measure-GeneratedImage | Should -HavePsnr -AtLeast 1
        { $run.Network | Should -HavePsnr -AtLeast 1 } | Should -Throw -ErrorId 'ReferenceMissing,*'
    }

    It 'is for each picture that is piped, and for no picture a failure' {
        { $run, $other | Should -HavePsnr -AtLeast 90 -Reference learned.png } | Should -Throw -ExpectedMessage "Expected 'learned'*"
        { $null | Should -HavePsnr -AtLeast 1 } | Should -Throw -ExpectedMessage '*but got nothing.'
        { Get-ChildItem *.none | Should -Not -HavePsnr -AtLeast 1 } | Should -Throw -ExpectedMessage '*but got nothing.'
        { $run | Should -HavePsnr } | Should -Throw -ExpectedMessage '*-AtLeast 30*'
    }

    It 'needs both figures of a picture with held-out pixels' {
        $guess = New-PixelDataset learned.png -HoldOut 0.5 | Invoke-MlpTraining -HiddenLayer 8 -Epoch 1
        $guess | Should -HavePsnr -AtLeast 1
        { $guess | Should -HavePsnr -AtLeast 90 } | Should -Throw -ExpectedMessage '*dB for its Training pixels and *dB for its HeldOut pixels.'
        $lower = [Math]::Min($guess.Psnr, $guess.HeldOutPsnr)
        { $guess | Should -HavePsnr -AtLeast ($lower + 0.01) } | Should -Throw
    }
}

Describe 'Should -LookLike' {
    BeforeEach {
        Remove-Item golden* -Force
        $run | Export-GeneratedImage golden.png
    }

    It 'compares with a golden file, 40 dB by default' {
        $run | Should -LookLike golden.png
        $run.Network | Should -LookLike (Get-Item -LiteralPath (Join-Path $PWD golden.png)) -Psnr 50 -Ssim 0.999
        'golden.png' | Should -LookLike golden.png -Psnr 99
        $other | Should -Not -LookLike golden.png
        { $run | Should -Not -LookLike golden.png } | Should -Throw -ExpectedMessage "Expected 'learned' not to look like*a PSNR of 40 dB or more*"
        (Get-ChildItem golden*).Name | Should -Be 'golden.png'
    }

    It 'says what was measured, and writes the errors and the picture beside the golden file (<Wanted>)' -ForEach @(
        @{ Limit = @{}; Wanted = 'a PSNR of 40 dB or more'; Measured = 'a PSNR of [\d.]+ dB' }
        @{ Limit = @{ Psnr = 99.5; Ssim = 1 }; Wanted = 'a PSNR of 99.5 dB and an SSIM of 1 or more'; Measured = 'a PSNR of [\d.]+ dB and an SSIM of [\d.-]+' }
        @{ Limit = @{ Ssim = 1 }; Wanted = 'an SSIM of 1 or more'; Measured = 'an SSIM of [\d.-]+' }
    ) {
        $problem = { $other | Should -LookLike golden.png @Limit -Because 'it is painted' } | Should -Throw -ErrorId PesterAssertionFailed -PassThru
        $lines = $problem.Exception.Message -split "`n"
        $lines[0] | Should -Match "^Expected 'network' to look like '.*golden\.png' with $Wanted, because it is painted, but it has $Measured\.$"
        $lines[1] | Should -Be "The errors: $(Join-Path $folder 'golden.errors.png')"
        $lines[2] | Should -Be "The picture as it is now: $(Join-Path $folder 'golden.actual.png')"
        # The file has whole numbers.
        $painted = (Measure-GeneratedImage golden.actual.png -Reference golden.png).Psnr
        [Math]::Abs($painted - (Measure-GeneratedImage $other -Reference golden.png).Psnr) | Should -BeLessThan 0.5
        $other | Export-ErrorMap map.png -Reference golden.png -Force
        'golden.errors.png' | Should -LookLike map.png -Psnr 99
    }

    It 'tells how to make the picture the golden file, and leaves nothing beside it when it passes' {
        $problem = { $other | Should -LookLike golden.png } | Should -Throw -PassThru
        & ([scriptblock]::Create(($problem.Exception.Message -split 'make it the golden file: ')[1]))
        $other | Should -LookLike golden.png
        (Get-ChildItem golden*).Name | Should -Be 'golden.png'
    }

    It 'fails without a golden file, with -Not too, and tells how to make one of <Name>' -ForEach @(
        @{ Name = 'a run'; Picture = { $run } }
        @{ Name = 'a network that knows its size'; Picture = { $run.Network } }
        @{ Name = 'a dataset'; Picture = { New-PixelDataset learned.png } }
        @{ Name = 'a file'; Picture = { Get-Item -LiteralPath (Join-Path $folder learned.png) } }
    ) {
        Remove-Item golden.png
        $actual = & $Picture
        { $actual | Should -Not -LookLike golden.png } | Should -Throw -ExpectedMessage '*but there is no such file*without -Not*'
        Get-ChildItem golden* | Should -BeNullOrEmpty
        $problem = { $actual | Should -LookLike golden.png } | Should -Throw -PassThru
        & ([scriptblock]::Create(($problem.Exception.Message -split 'make it the golden file: ')[1]))
        $actual | Should -LookLike golden.png
    }

    It 'makes the folder of a golden file' {
        $new = Join-Path new folder golden.png
        { $run | Should -LookLike $new } | Should -Throw -ExpectedMessage '*golden.actual.png*'
        Move-Item (Join-Path new folder golden.actual.png) $new
        $run | Should -LookLike $new
    }

    It 'says what stops it from writing a picture' {
        { $other | Should -LookLike none.png } | Should -Throw -ExpectedMessage '*no such file.*could not be written beside it: *-Width*'
        Set-Content -LiteralPath (Join-Path $folder full) 'no folder'
        { $run | Should -LookLike (Join-Path full golden.png) } | Should -Throw -ExpectedMessage '*could not be written beside it: *full*'
    }

    It 'tells pictures of other sizes from unreadable ones' {
        New-TestPicture (Join-Path $folder 'wide.png') -Width 20
        'wide.png' | Should -Not -LookLike golden.png
        { 'wide.png' | Should -LookLike golden.png } | Should -Throw -ExpectedMessage '*its size is different*20 x 16*golden.actual.png*'
        Set-Content -LiteralPath (Join-Path $folder text.png) 'no picture'
        { 'text.png' | Should -Not -LookLike golden.png } | Should -Throw -ErrorId 'NotAPicture,*'
        { $run | Should -Not -LookLike text.png } | Should -Throw -ErrorId 'NotAPicture,*'
    }
}

Describe 'The assertions' {
    It 'are there however late Pester is imported, and in each Pester, and not without it' {
        $powerShell = [powershell]::Create()
        try {
            $steps = $powerShell.AddScript({
                    param($modulePath, $pesterPath, $folder)
                    function Test-Assertion {
                        try { New-MlpNetwork 3 | Should -HavePsnr -AtLeast 90 -Reference (Join-Path $folder learned.png) } catch { "$_" }
                    }
                    function Get-State { [bool](Get-Module MonaLisa.PS.Assertions) }
                    Import-Module $modulePath
                    "before: $(Get-State)"
                    Import-Module $pesterPath
                    "late: $(Test-Assertion) $(Get-State)"
                    Import-Module $pesterPath -Force
                    "again: $(Test-Assertion)"
                    Import-Module $modulePath -Force
                    "other: $(Test-Assertion)"
                    Remove-Module MonaLisa.PS
                    "removed: $(Get-State)"
                }.ToString()).AddArgument($modulePath).AddArgument((Get-Module Pester).Path).AddArgument($folder).Invoke()
            $powerShell.Streams.Error | Should -BeNullOrEmpty
            $powerShell.Streams.Warning | Should -BeNullOrEmpty
        }
        finally {
            $powerShell.Dispose()
        }
        $steps | Should -HaveCount 5
        $steps[0] | Should -Be 'before: False'
        $steps[1] | Should -BeLike "late: Expected 'network' to have a PSNR of 90 dB or more, but it has a PSNR of * dB. True"
        $steps[2] | Should -BeLike "again: Expected 'network' to have *"
        $steps[3] | Should -BeLike "other: Expected 'network' to have *"
        $steps[4] | Should -Be 'removed: False'
    }

    It 'use the commands themselves while a test mocks them' {
        Mock Measure-GeneratedImage { throw 'mocked' }
        $run | Should -HavePsnr -AtLeast 1
    }

    It 'have forms for Pester 6 (<Name>)' -Skip:((Get-Module Pester).Version.Major -lt 6) -ForEach @(
        @{ Name = 'Should-HavePsnr'; Good = { $run | Should-HavePsnr 1 }; Bad = { $run | Should-HavePsnr -AtLeast 90 }; Message = "Expected 'learned' to have a PSNR of 90 dB*" }
        @{ Name = 'Should-LookLike'; Good = { 'learned.png' | Should-LookLike learned.png }; Bad = { $other | Should-LookLike learned.png -Psnr 50 }; Message = "*PSNR of 50 dB*The errors:*" }
    ) {
        & $Good
        $Bad | Should -Throw -ErrorId PesterAssertionFailed -ExpectedMessage $Message
        (Get-Help $Name).Synopsis | Should -BeLike 'Tests that*'
    }
}
