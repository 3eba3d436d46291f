<#
.SYNOPSIS
    Compares one wide hidden layer with up to eight narrower ones that have the same number of parameters, and shows what each paints.
.DESCRIPTION
    Repeats the comparison of a blog post of 2012, at equal training time and at equal epochs. For each comparison it writes the paintings,
    a contact sheet, curves, a report, and the figures of every run as lines of JSON. It ends with a sentence on the result.
.PARAMETER Picture
    The picture to learn.
.PARAMETER Destination
    The folder to write to. It is created if it does not exist.
.PARAMETER ParameterBudget
    The most weights and biases of a network. The default is 100000.
.PARAMETER Seconds
    The training time of each network in the first comparison. The default is 20.
.PARAMETER Epoch
    The epochs of each network in the second comparison. The default is 30.
.PARAMETER Quick
    Trains tiny networks on a tiny picture, to see that everything works.
.EXAMPLE
    dotnet run --project src/Shell -c Release -- examples/depth-versus-width.ps1 ./photo.jpg ./depth -Seconds 30
#>
[CmdletBinding()]
param(
    [Parameter(Position = 0)]
    [string] $Picture = [IO.Path]::Combine($PSScriptRoot, '..', 'module', 'samples', 'mona-lisa.png'),

    [Parameter(Position = 1)]
    [string] $Destination = 'depth-versus-width',

    [long] $ParameterBudget = 100000,

    [double] $Seconds = 20,

    [int] $Epoch = 30,

    [switch] $Quick
)

$ErrorActionPreference = 'Stop'
Set-StrictMode -Version Latest

$size = @{}
if ($Quick) {
    $ParameterBudget, $Seconds, $Epoch = 2000, 0.2, 2
    $size = @{ MaxSize = 48 }
}

function Get-Layers($Row) {
    # The shape is 2-16666-3, or 2-312-312-3 for two layers.
    '{0} x {1} neurons' -f $Row.Depth, $Row.Shape.Split('-')[1]
}

function Write-ContactSheet($Rows, [string] $Folder, [string] $Path) {
    # An SVG that contains the paintings, three in a row, with their captions.
    $width, $gap, $line = 300, 20, 28
    $height = [int] ($width * $dataset.Height / $dataset.Width)
    $tiles = for ($i = 0; $i -lt $Rows.Count; $i++) {
        $x = $gap + ($i % 3) * ($width + $gap)
        $y = $gap + [Math]::Floor($i / 3) * ($height + $line + $gap)
        $bytes = [IO.File]::ReadAllBytes([IO.Path]::Combine($Folder, "$($Rows[$i].Depth)-layers.png"))
        $caption = '{0}, {1:F2} dB' -f (Get-Layers $Rows[$i]), $Rows[$i].Psnr
        $content = [Convert]::ToBase64String($bytes)
        '<image x="{0}" y="{1}" width="{2}" height="{3}" href="data:image/png;base64,{4}"/>' -f $x, $y, $width, $height, $content
        '<text x="{0}" y="{1}" font-family="Arial, Helvetica, sans-serif" font-size="18">{2}</text>' -f $x, ($y + $height + 20), $caption
    }
    $across = $gap + [Math]::Min(3, $Rows.Count) * ($width + $gap)
    $down = $gap + [Math]::Ceiling($Rows.Count / 3) * ($height + $line + $gap)
    $start = '<svg xmlns="http://www.w3.org/2000/svg" width="{0}" height="{1}">' -f $across, $down
    [IO.File]::WriteAllLines($Path, [string[]] (@($start, '<rect width="100%" height="100%" fill="white"/>') + $tiles + '</svg>'))
}

function Get-Finding($Rows, [string] $Condition) {
    $byQuality = @($Rows | Where-Object { $null -ne $_.Psnr } | Sort-Object Psnr -Descending)
    $wide = $Rows | Where-Object { $_.Depth -eq 1 }
    if ($byQuality.Count -eq 0 -or $null -eq $wide.Psnr) {
        return "At equal $Condition no comparison was possible, because networks diverged."
    }
    $best = $byQuality[0]
    if ($best.Depth -eq 1) {
        return 'At equal {0} the one wide hidden layer came out best, with {1:F2} dB: here depth did not help.' -f $Condition, $best.Psnr
    }
    ('At equal {0} {1} hidden layers came out best, with {2:F2} dB; ' -f $Condition, $best.Depth, $best.Psnr) +
        ('one hidden layer with as many parameters reached {0:F2} dB, {1:F2} dB less.' -f $wide.Psnr, ($best.Psnr - $wide.Psnr))
}

$dataset = New-PixelDataset -LiteralPath $Picture @size
$root = $ExecutionContext.SessionState.Path.GetUnresolvedProviderPathFromPSPath($Destination)
$shapes = [ordered] @{ Depth = 1, 2, 3, 4, 6, 8; ParameterBudget = $ParameterBudget; Activation = 'LeakyReLU' }
$comparisons = @(
    @{ Name = 'time'; Limit = @{ MaxTime = $Seconds }; Against = 'Seconds'; Condition = "time ($Seconds s each)" }
    @{ Name = 'epochs'; Limit = @{ Epoch = $Epoch }; Against = 'Epoch'; Condition = "epochs ($Epoch each)" }
)

foreach ($comparison in $comparisons) {
    $folder = [IO.Path]::Combine($root, "equal-$($comparison.Name)")
    $null = [IO.Directory]::CreateDirectory($folder)
    $settings = $shapes + $comparison.Limit
    $rows = @($dataset | Invoke-MlpExperiment $settings -Path ([IO.Path]::Combine($folder, 'results.jsonl')) -Force -PassThru)
    $painted = @($rows | Where-Object { $null -ne $_.Psnr })
    foreach ($row in $painted) {
        $row.Run | Export-GeneratedImage -Path ([IO.Path]::Combine($folder, "$($row.Depth)-layers.png")) -Force
    }
    if ($painted.Count -gt 0) {
        Write-ContactSheet $painted $folder ([IO.Path]::Combine($folder, 'contact-sheet.svg'))
        foreach ($extension in 'svg', 'png') {
            $painted.Run | Export-TrainingPlot -Path ([IO.Path]::Combine($folder, "psnr.$extension")) -Against $comparison.Against -Force `
                -Label @($painted | ForEach-Object { Get-Layers $_ })
        }
        $painted | Export-TrainingReport ([IO.Path]::Combine($folder, 'report.html')) -Title "Depth against width, at equal $($comparison.Name)" -Force
    }
    $rows
    Get-Finding $rows $comparison.Condition
}
"Pictures, contact sheets, curves and reports are in '$root'."
