<#
Pester assertions for pictures: Should -HavePsnr and Should -LookLike, and for Pester 6 also Should-HavePsnr and Should-LookLike.
MonaLisa.PS imports this file where Pester is. docs/testing.md explains the assertions.
#>
param(
    # The Pester that gets the assertions.
    [Management.Automation.PSModuleInfo] $Pester
)

# By their types: a test may mock the commands, or have imported them with a prefix.
$script:MeasureGeneratedImage = [Management.Automation.CmdletInfo]::new('Measure-GeneratedImage', [MonaLisa.PowerShell.MeasureGeneratedImageCommand])
$script:ExportGeneratedImage = [Management.Automation.CmdletInfo]::new('Export-GeneratedImage', [MonaLisa.PowerShell.ExportGeneratedImageCommand])
$script:ExportErrorMap = [Management.Automation.CmdletInfo]::new('Export-ErrorMap', [MonaLisa.PowerShell.ExportErrorMapCommand])
$script:NewPixelDataset = [Management.Automation.CmdletInfo]::new('New-PixelDataset', [MonaLisa.PowerShell.NewPixelDatasetCommand])

. "$PSScriptRoot/GoldenFiles.ps1"
. "$PSScriptRoot/Verdicts.ps1"

# Pester passes on what it was given; what it was not given is null.
function Test-HavePsnr($ActualValue, $AtLeast, $Reference, [string] $Because, [switch] $Negate) {
    Get-PsnrVerdict $ActualValue $AtLeast $Reference $Because $Negate
}

function Test-LookLike($ActualValue, $Path, $Psnr, $Ssim, [string] $Because, [switch] $Negate) {
    Get-LikenessVerdict $ActualValue $Path $Psnr $Ssim $Because $Negate
}

<#
.SYNOPSIS
    Tests that a picture has at least a PSNR, in dB.
.PARAMETER Actual
    A training run, a network, a dataset, a picture's path, or a result of Measure-GeneratedImage.
.PARAMETER AtLeast
    The PSNR in dB.
.PARAMETER Reference
    The picture to compare with: a path, a dataset or a run. The default is the picture that a run learned.
.PARAMETER Because
    The reason, for the message.
#>
function Should-HavePsnr {
    [CmdletBinding()]
    param(
        [Parameter(ValueFromPipeline)] $Actual,
        [Parameter(Mandatory, Position = 0)] [double] $AtLeast,
        $Reference,
        [string] $Because
    )
    end {
        $assert = & $Pester.ExportedCommands['New-ShouldAssertion'] -Caller $PSCmdlet -Actual $Actual -Buffer $Input -As None
        Assert-Each $assert { param($picture) Get-PsnrVerdict $picture $AtLeast $Reference $Because $false }
    }
}

<#
.SYNOPSIS
    Tests that a picture looks like the one in a golden file. If it does not, its errors and itself are written beside that file.
.PARAMETER Actual
    A training run, a network, a dataset, or a picture's path.
.PARAMETER Path
    The golden file.
.PARAMETER Psnr
    The PSNR in dB that it must have. The default is 40, or no such limit with -Ssim alone.
.PARAMETER Ssim
    The structural similarity that it must have, up to 1. By default there is no such limit.
.PARAMETER Because
    The reason, for the message.
#>
function Should-LookLike {
    [CmdletBinding()]
    param(
        [Parameter(ValueFromPipeline)] $Actual,
        [Parameter(Mandatory, Position = 0)] $Path,
        [Nullable[double]] $Psnr,
        [Nullable[double]] $Ssim,
        [string] $Because
    )
    end {
        $assert = & $Pester.ExportedCommands['New-ShouldAssertion'] -Caller $PSCmdlet -Actual $Actual -Buffer $Input -As None
        Assert-Each $assert { param($picture) Get-LikenessVerdict $picture $Path $Psnr $Ssim $Because $false }
    }
}

# What was measured stands for the picture, which Pester would otherwise write out.
function Assert-Each($Assert, [scriptblock] $Verdict) {
    $pictures = $Assert.Actual()
    foreach ($picture in $null -eq $pictures ? @($null) : @($pictures)) {
        $found = & $Verdict $picture
        if (-not $found.Succeeded) {
            $Assert.Fail($found.FailureMessage, @{ Actual = '' })
        }
    }
}

foreach ($name in 'HavePsnr', 'LookLike') {
    try {
        & $Pester.ExportedCommands['Add-ShouldOperator'] -Name $name -InternalName "Should-$name" -Test (Get-Item "function:Test-$name").ScriptBlock
    }
    catch {
        # Others may have used the name, or the last of the 32 places that Pester has.
        Write-Warning "Should -$name of MonaLisa.PS is not available: $($_.Exception.Message)"
    }
}
Export-ModuleMember -Function ($Pester.ExportedCommands.ContainsKey('New-ShouldAssertion') ? @('Should-HavePsnr', 'Should-LookLike') : @())
