# What the assertions find: whether a picture is as it should be, and a message that says what was measured.

$script:Invariant = [Globalization.CultureInfo]::InvariantCulture
$script:DefaultPsnr = 40.0

function New-Verdict([bool] $Succeeded, [string] $Message) {
    [pscustomobject]@{ Succeeded = $Succeeded; FailureMessage = $Succeeded ? '' : $Message }
}

# Rounded down: what is too small must not look like what is needed.
function Format-Figure([string] $Name, [double] $Value) {
    $text = if ([double]::IsPositiveInfinity($Value)) {
        'infinite'
    }
    else {
        $scale = $Name -eq 'Psnr' ? 100 : 10000
        ([Math]::Floor($Value * $scale) / $scale).ToString($Invariant)
    }
    $Name -eq 'Psnr' ? "a PSNR of $text dB" : "an SSIM of $text"
}

function Format-Limit([Collections.IDictionary] $Limits) {
    $Limits.Keys.ForEach({ ($_ -eq 'Psnr' ? 'a PSNR of {0} dB' : 'an SSIM of {0}') -f $Limits[$_].ToString($Invariant) }) -join ' and '
}

function Format-Reason([string] $Because) {
    $reason = $Because.Trim() -replace '^because\s+'
    $reason ? " because $reason," : ''
}

function Get-Quality($Picture, $Reference) {
    if ($Picture -is [MonaLisa.PowerShell.GeneratedImageQuality]) {
        return $Picture
    }
    $given = @{ InputObject = $Picture; ErrorAction = 'Stop' }
    if ($null -ne $Reference) {
        $given.Reference = $Reference
    }
    & $MeasureGeneratedImage @given
}

# Not -lt: a figure may be no number, and then reaches nothing.
function Test-Limit($Quality, [Collections.IDictionary] $Limits) {
    $Limits.Keys.Where({ -not ($Quality.$_ -ge $Limits[$_]) }).Count -eq 0
}

# A picture with held-out pixels has two figures, and both must be good enough.
function Get-PsnrVerdict($Picture, $AtLeast, $Reference, [string] $Because, [bool] $Negate) {
    if ($null -eq $AtLeast) {
        throw [ArgumentException]::new('HavePsnr needs a PSNR in dB, such as -AtLeast 30.')
    }
    $limits = @{ Psnr = [double]$AtLeast }
    $wanted = "$(Format-Limit $limits) or more,$(Format-Reason $Because) but"
    if ($null -eq $Picture) {
        return New-Verdict $false "Expected a picture with $wanted got nothing."
    }
    $qualities = @(Get-Quality $Picture $Reference)
    $measured = $qualities.ForEach({ (Format-Figure Psnr $_.Psnr) + ($_.Pixels -eq 'All' ? '' : " for its $($_.Pixels) pixels") }) -join ' and '
    $reaches = $qualities.Where({ -not (Test-Limit $_ $limits) }).Count -eq 0
    New-Verdict ($reaches -ne $Negate) "Expected '$($qualities[0].Name)' $($Negate ? 'not ' : '')to have $wanted it has $measured."
}

function Get-LikenessVerdict($Picture, $Path, $Psnr, $Ssim, [string] $Because, [bool] $Negate) {
    if (-not $Path) {
        throw [ArgumentException]::new('LookLike needs the path of a golden picture, such as ./golden.png.')
    }
    $limits = [ordered]@{}
    if ($null -ne $Psnr -or $null -eq $Ssim) {
        $limits.Psnr = [double]($Psnr ?? $DefaultPsnr)
    }
    if ($null -ne $Ssim) {
        $limits.Ssim = [double]$Ssim
    }
    $golden = Resolve-Golden $Path
    $reason = "$(Format-Reason $Because) but"
    if ($null -eq $Picture) {
        return New-Verdict $false "Expected a picture like '$golden',$reason got nothing."
    }
    if (-not [IO.File]::Exists($golden)) {
        $remedy = $Negate ? ' An assertion without -Not makes it.' : (Save-Actual $Picture $golden)
        return New-Verdict $false "Expected a picture to compare with '$golden',$reason there is no such file.$remedy"
    }
    try {
        $quality = @(Get-Quality $Picture $golden)[0]
    }
    catch {
        if ($_.FullyQualifiedErrorId -notlike 'SizeMismatch,*') {
            throw
        }
        $message = "Expected a picture like '$golden',$reason its size is different. $($_.Exception.Message)"
        return New-Verdict $Negate ($message + ($Negate ? '' : (Save-Actual $Picture $golden)))
    }
    $isAlike = Test-Limit $quality $limits
    $measured = $limits.Keys.ForEach({ Format-Figure $_ $quality.$_ }) -join ' and '
    $message = "Expected '$($quality.Name)' $($Negate ? 'not ' : '')to look like '$golden' with $(Format-Limit $limits) or more,$reason it has $measured."
    if ($Negate) {
        return New-Verdict (-not $isAlike) $message
    }
    if ($isAlike) {
        Remove-Leftover $golden
        return New-Verdict $true
    }
    New-Verdict $false ($message + (Save-ErrorMap $Picture $golden) + (Save-Actual $Picture $golden))
}
