#!/usr/bin/env bash
# Pester 5.9.1 in PowerShell 7.6.9 takes the names of what tests leave in TestDrive for wildcard patterns when it empties it after a Context.
# A file whose name has brackets (a[b].txt) stays there for the tests that follow. One with an opening bracket alone (a[b.txt), which is no
# pattern, ends its test file: "Framework failed", and the tests that follow never run, although each that ran has passed.
# Pester 6.2.0 removes both.
# What is seen, for each version and name: whether the second of two tests ran, which wants an empty TestDrive, and its result.
# Needs the .NET 10 SDK. Fails when Pester behaves otherwise.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
dotnet tool install PowerShell --version 7.6.9 --tool-path "$folder/tool" >"$folder/install.log"
cat >"$folder/pester.csproj" <<'END'
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup><TargetFramework>net10.0</TargetFramework></PropertyGroup>
  <ItemGroup><PackageDownload Include="Pester" Version="[5.9.1];[6.2.0]" /></ItemGroup>
</Project>
END
dotnet restore "$folder/pester.csproj" --packages "$folder/packages" >>"$folder/install.log"
mkdir "$folder/tests"
cat >"$folder/tests/Name.Tests.ps1" <<'END'
param($Name)
Describe 'TestDrive' {
    Context 'one' { It 'writes a file' { [IO.File]::WriteAllText("$TestDrive/$Name", 'x') } }
    Context 'two' { It 'is empty again' { [IO.Directory]::GetFiles($TestDrive) | Should -BeNullOrEmpty } }
}
END
cat >"$folder/run.ps1" <<'END'
param($Version, $Name)
Import-Module "$PSScriptRoot/packages/pester/$Version/tools/Pester.psd1"
$container = New-PesterContainer -Path "$PSScriptRoot/tests" -Data @{ Name = $Name }
$run = Invoke-Pester -Container $container -Output None -PassThru
$second = $run.Tests[1]
"${Version}, ${Name}: the second test $($second.Executed ? 'ran' : 'did not run'), $($second.Result)"
END
for version in 5.9.1 6.2.0; do
  for name in 'a[b.txt' 'a[b].txt'; do
    "$folder/tool/pwsh" -NoProfile -File "$folder/run.ps1" "$version" "$name"
  done
done | tee "$folder/seen"
diff - "$folder/seen" <<'END'
5.9.1, a[b.txt: the second test did not run, Failed
5.9.1, a[b].txt: the second test ran, Failed
6.2.0, a[b.txt: the second test ran, Passed
6.2.0, a[b].txt: the second test ran, Passed
END
