BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'TestSupport.psm1') -Force
    $modulePath = Get-ModuleUnderTest
    Import-Module $modulePath
    Set-StrictMode -Version Latest
}

Describe 'Model files' {
    BeforeEach {
        $folder = Join-Path $TestDrive ([guid]::NewGuid())
        $null = New-Item -ItemType Directory $folder
        Push-Location -LiteralPath $folder
        New-TestPicture (Join-Path $folder 'a.png') -Width 24 -Height 12
        $run = New-PixelDataset a.png | Invoke-MlpTraining -HiddenLayer 16, 16 -Epoch 3
    }

    AfterEach {
        Pop-Location
    }

    It 'paint the same picture as the network that was saved' {
        $run | Export-MlpModel a.safetensors
        $run | Export-GeneratedImage before.png -Scale 2
        Import-MlpModel a.safetensors | Export-GeneratedImage after.png -Scale 2
        (Get-FileHash after.png).Hash | Should -Be (Get-FileHash before.png).Hash
    }

    It 'are smaller with -Precision <Precision>' -ForEach @(@{ Precision = 'Half' }, @{ Precision = 'Int8' }) {
        $whole = $run | Export-MlpModel whole.safetensors -PassThru
        $small = $run | Export-MlpModel small.safetensors -Precision $Precision -PassThru
        $small.Length | Should -BeLessThan $whole.Length
        $whole.PsnrLost | Should -Be 0
        [Math]::Abs($small.PsnrLost) | Should -BeLessThan 1
    }

    It 'come and go in a pipeline' {
        New-TestPicture (Join-Path $folder 'b.png')
        Get-ChildItem *.png | New-PixelDataset | Invoke-MlpTraining -HiddenLayer 8 -Epoch 1 | Export-MlpModel -Destination models
        (Get-ChildItem models | Import-MlpModel).Training.PictureName | Sort-Object | Should -Be 'a', 'b'
    }

    It 'are ONNX models with -Format Onnx, or by their extension' {
        $run | Export-MlpModel -Destination models -Format Onnx
        $run | Export-MlpModel by-extension.onnx
        $model = [IO.File]::ReadAllBytes((Join-Path $folder 'models' 'a.onnx'))
        [Text.Encoding]::ASCII.GetString($model) | Should -Match 'coordinates[\s\S]*colors'
        (Get-FileHash by-extension.onnx).Hash | Should -Be (Get-FileHash models/a.onnx).Hash
    }

    It 'are in no format that the extension contradicts' {
        { $run | Export-MlpModel a.safetensors -Format Onnx } | Should -Throw -ErrorId 'InvalidOption,*' -ExpectedMessage '*.onnx*'
        { $run | Export-MlpModel a.onnx -Precision Half } | Should -Throw -ErrorId 'InvalidOption,*' -ExpectedMessage '*-Precision*'
        Get-ChildItem *.onnx, *.safetensors | Should -BeNullOrEmpty
    }

    It 'say what is wrong with them, and the next goes on' {
        $run | Export-MlpModel good.safetensors
        [IO.File]::WriteAllBytes((Join-Path $folder 'bad.safetensors'), [byte[]] (1..100))
        $networks = @(Import-MlpModel *.safetensors -ErrorVariable problems -ErrorAction SilentlyContinue)
        $networks.Count | Should -Be 1
        $problems.Count | Should -Be 1
        $problems[0].FullyQualifiedErrorId | Should -BeLike 'NotSafetensors,*'
    }

    It 'show what the network learned' {
        $run | Export-MlpModel a.safetensors
        (Import-MlpModel a.safetensors | Format-List | Out-String) | Should -Match 'Training\s*: a, 24 x 12, [\d.]+ dB'
    }
}
