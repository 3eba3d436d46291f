@{
    RootModule           = 'MonaLisa.PS.dll'
    ModuleVersion        = '0.1.0'
    GUID                 = '6a3c1f0e-5d0b-4c8e-9c57-2d0f8a4b1e93'
    Author               = 'MonaLisa.PS contributors'
    CompanyName          = 'MonaLisa.PS contributors'
    Copyright            = 'MonaLisa.PS contributors, MIT licence'
    Description          = 'Teaches a small neural network to paint a picture, from a pixel''s coordinates to its colour. Trains on the processor in seconds, and paints at any size.'
    PowerShellVersion    = '7.6'
    CompatiblePSEditions = @('Core')

    # Loaded before the types, which name converters, and so that scripts can write [MonaLisa.Engine.Mlp].
    RequiredAssemblies   = @('MonaLisa.Engine.dll', 'MonaLisa.PS.dll')
    # The types file is loaded by the second, when the first has made sure that no other copy's is.
    NestedModules        = @('session/OneCopy.psm1', 'session/Types.psd1')
    FormatsToProcess     = @('MonaLisa.PS.format.ps1xml')

    FunctionsToExport    = @()
    CmdletsToExport      = @(
        'Export-ErrorMap'
        'Export-GeneratedImage'
        'Export-MlpModel'
        'Export-NeuronImage'
        'Export-TrainingAnimation'
        'Export-TrainingPlot'
        'Export-TrainingReport'
        'Get-MlpProvider'
        'Import-MlpModel'
        'Invoke-MlpExperiment'
        'Invoke-MlpNetwork'
        'Invoke-MlpTraining'
        'Measure-GeneratedImage'
        'Measure-MlpExperiment'
        'New-MlpNetwork'
        'New-MlpStart'
        'New-PixelDataset'
        'Show-GeneratedImage'
    )
    VariablesToExport    = @()
    AliasesToExport      = @()

    # Every file of the package; a test compares.
    FileList             = @(
        'dependencies/Google.Protobuf.dll'
        'dependencies/NetVips.dll'
        'dependencies/OxyPlot.dll'
        'docs/checkpoints.md'
        'docs/compression.md'
        'docs/hostile-files.md'
        'docs/images/denoised-astronaut.jpg'
        'docs/images/enlarged-astronaut.jpg'
        'docs/images/gap-coffee.jpg'
        'docs/images/gap-mona-lisa.jpg'
        'docs/images/rate-distortion.png'
        'docs/images/rate-distortion.svg'
        'docs/images/shared-start.png'
        'docs/model-format.md'
        'docs/onnx.md'
        'docs/performance.md'
        'docs/quality.md'
        'docs/shader.md'
        'en-US/about_MlpErrors.help.txt'
        'en-US/about_MlpNetworks.help.txt'
        'en-US/about_MlpProviders.help.txt'
        'en-US/about_MlpTraining.help.txt'
        'en-US/about_MonaLisa.help.txt'
        'en-US/MonaLisa.PS.dll-Help.xml'
        'LICENSE'
        'licenses/AOM-Patent-1.0.txt'
        'licenses/GPL-3.0.txt'
        'licenses/libvips/THIRD-PARTY-NOTICES.md'
        'licenses/libvips/versions.json'
        'licenses/LGPL-3.0.txt'
        'MonaLisa.Engine.dll'
        'MonaLisa.PS.dll'
        'MonaLisa.PS.format.ps1xml'
        'MonaLisa.PS.psd1'
        'MonaLisa.PS.types.ps1xml'
        'pester/GoldenFiles.ps1'
        'pester/MonaLisa.PS.Assertions.psm1'
        'pester/Verdicts.ps1'
        'runtimes/linux-arm64/native/libvips.so.42'
        'runtimes/linux-musl-x64/native/libvips.so.42'
        'runtimes/linux-x64/native/libvips.so.42'
        'runtimes/osx-arm64/native/libvips.42.dylib'
        'runtimes/osx-x64/native/libvips.42.dylib'
        'runtimes/win-arm64/native/libvips-42.dll'
        'runtimes/win-x64/native/libvips-42.dll'
        'samples/mona-lisa.png'
        'samples/mona-lisa.safetensors'
        'samples/README.md'
        'session/OneCopy.psm1'
        'session/OtherCopy.ps1'
        'session/Types.psd1'
        'THIRD-PARTY-NOTICES.md'
    )

    PrivateData          = @{
        PSData = @{
            Tags         = @('neural-network', 'coordinate-network', 'implicit-neural-representation', 'image', 'MonaLisa', 'SIREN',
                'PSEdition_Core', 'Windows', 'Linux', 'MacOS')
            LicenseUri   = 'https://github.com/monalisa-ps/MonaLisa.PS/blob/main/LICENSE'
            ProjectUri   = 'https://github.com/monalisa-ps/MonaLisa.PS'
            IconUri      = 'https://raw.githubusercontent.com/monalisa-ps/MonaLisa.PS/main/docs/images/icon.png'
            ReleaseNotes = 'The first version. https://github.com/monalisa-ps/MonaLisa.PS/blob/main/CHANGELOG.md lists its features.'
        }
    }
}
