<#
Another module with versions of its own of the libraries that MonaLisa.PS is built on, and what both do in one session.
#>

Import-Module (Join-Path $PSScriptRoot 'TestSupport.psm1')

$libraries = 'Google.Protobuf', 'NetVips', 'OxyPlot'

function Get-PlatformName {
    $runtime = [Runtime.InteropServices.RuntimeInformation]
    $system = $IsWindows ? 'win' : $IsMacOS ? 'osx' : $runtime::RuntimeIdentifier -match 'musl|alpine' ? 'linux-musl' : 'linux'
    "$system-$($runtime::ProcessArchitecture)".ToLowerInvariant()
}

function New-StubAssembly {
    # An assembly of a library's name and key with a type of its own, and any version.
    param([string] $Like, [string] $Path, [version] $Version)
    $name = [Reflection.AssemblyName]::GetAssemblyName($Like)
    $name.Version = $Version
    $assembly = [Reflection.Emit.PersistedAssemblyBuilder]::new($name, [object].Assembly)
    $type = $assembly.DefineDynamicModule($name.Name).DefineType("$($name.Name).Stub", [Reflection.TypeAttributes] 'Public, Class')
    $null = $type.CreateType()
    $assembly.Save($Path)
}

function New-ForeignModule {
    # Its command gives the versions that it sees of the libraries it brings: the module's own files, or stubs of another version.
    param([string] $ModuleUnderTest, [string] $Folder, [version] $Version, [string] $Protobuf)
    $null = New-Item -ItemType Directory $Folder -Force
    $own = Join-Path $ModuleUnderTest 'dependencies'
    if (-not $Version -and -not $Protobuf) {
        # A native library of its own, where the runtime finds it.
        Copy-Item (Join-Path $ModuleUnderTest 'runtimes' (Get-PlatformName) 'native' '*') $Folder
    }
    $brought = $Protobuf ? @('Google.Protobuf') : $libraries
    foreach ($library in $brought) {
        $source = Join-Path $own "$library.dll"
        $target = Join-Path $Folder "$library.dll"
        if ($Protobuf) {
            Copy-Item -LiteralPath $Protobuf $target
        }
        elseif ($Version) {
            New-StubAssembly $source $target $Version
        }
        else {
            Copy-Item -LiteralPath $source $target
        }
    }
    $protobufUse = "'Google.Protobuf ' + [Google.Protobuf.ByteString]::CopyFromUtf8('abc').Length + ' ' + " +
        '[Google.Protobuf.ByteString].Assembly.Location'
    $uses = if ($Protobuf) {
        $protobufUse
    }
    elseif ($Version) {
        $libraries | ForEach-Object { "'$_ ' + [$_.Stub].Assembly.Location" }
    }
    else {
        $protobufUse
        # libvips keeps 100 results by default; MonaLisa.PS sets its own to keep none.
        "'NetVips ' + [NetVips.Image]::Black(300, 2).Width + ' ' + [NetVips.Cache]::Max + ' ' + [NetVips.Image].Assembly.Location"
        "'OxyPlot ' + [OxyPlot.OxyColors]::Red.R + ' ' + [OxyPlot.OxyColors].Assembly.Location"
    }
    Set-Content (Join-Path $Folder 'Foreign.psm1') "function Get-ForeignLibrary {`n$($uses -join "`n")`n}"
    New-ModuleManifest (Join-Path $Folder 'Foreign.psd1') -RootModule 'Foreign.psm1' -FunctionsToExport 'Get-ForeignLibrary' `
        -RequiredAssemblies ($brought | ForEach-Object { "$_.dll" })
    Join-Path $Folder 'Foreign.psd1'
}

function Invoke-NewSession {
    # Runs a script in a process of its own; what it gives comes back as text, errors included.
    param([scriptblock] $Script, [object[]] $Arguments, [hashtable] $Environment = @{}, [string] $Location)
    # A null is a variable that is not set; PowerShell would make it an empty one.
    $before = @{}
    foreach ($name in $Environment.Keys) {
        $before[$name] = [Environment]::GetEnvironmentVariable($name)
        [Environment]::SetEnvironmentVariable($name, $Environment[$name] ?? [NullString]::Value)
    }
    if ($Location) {
        Push-Location -LiteralPath $Location
    }
    try {
        $pwsh, $words = @(Get-ThisPowerShell) + '-NoProfile', '-NonInteractive'
        & $pwsh @words -Command $Script -args $Arguments 2>&1 | ForEach-Object { "$_" }
    }
    finally {
        if ($Location) {
            Pop-Location
        }
        foreach ($name in $Environment.Keys) {
            [Environment]::SetEnvironmentVariable($name, $before[$name] ?? [NullString]::Value)
        }
    }
}

Export-ModuleMember -Function Get-PlatformName, New-ForeignModule, New-StubAssembly, Invoke-NewSession
