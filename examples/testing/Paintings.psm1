<#
A small module as somebody may write it with MonaLisa.PS; Paintings.Tests.ps1 beside it tests it.
#>

function New-Painting {
    <#
    .SYNOPSIS
        Learns pictures and writes their paintings into a folder.
    .PARAMETER Path
        The pictures.
    .PARAMETER Destination
        The folder of the paintings.
    .PARAMETER Final
        Takes the time that a picture for printing needs. Otherwise the paintings are drafts.
    #>
    [CmdletBinding()]
    param(
        [Parameter(Mandatory, ValueFromPipelineByPropertyName)]
        [Alias('FullName')]
        [string[]] $Path,

        [Parameter(Mandatory)]
        [string] $Destination,

        [switch] $Final
    )
    process {
        $training = $Final ? @{ Quality = 'High'; MaxTime = '10m' } : @{ Quality = 'Draft'; MaxTime = 20 }
        New-PixelDataset -LiteralPath $Path -MaxSize ($Final ? '2k' : 512) | Invoke-MlpTraining @training |
            Export-GeneratedImage -Destination $Destination -Force -PassThru
    }
}

function Get-Sketch {
    <#
    .SYNOPSIS
        Learns a small picture in the same way each time, and returns the run.
    #>
    param([Parameter(Mandatory)] [string] $Path)
    New-PixelDataset -LiteralPath $Path -MaxSize 64 | Invoke-MlpTraining -Quality Draft -Epoch 40 -Seed 1
}

Export-ModuleMember -Function New-Painting, Get-Sketch
