# A golden file, and the two files that a failed assertion writes beside it for a person to look at.

# The full path; also of a file that is missing, and of one on a drive of PowerShell's, such as TestDrive.
function Resolve-Golden($Path) {
    $given = $Path -is [IO.FileSystemInfo] ? $Path.FullName : $Path
    $ExecutionContext.SessionState.Path.GetUnresolvedProviderPathFromPSPath($given)
}

function Get-ErrorMapPath([string] $Golden) {
    [IO.Path]::ChangeExtension($Golden, '.errors.png')
}

function Get-ActualPath([string] $Golden) {
    [IO.Path]::ChangeExtension($Golden, '.actual' + [IO.Path]::GetExtension($Golden))
}

# They would be taken for those of a later failure.
function Remove-Leftover([string] $Golden) {
    [IO.File]::Delete((Get-ErrorMapPath $Golden))
    [IO.File]::Delete((Get-ActualPath $Golden))
}

function Save-ErrorMap($Picture, [string] $Golden) {
    $path = Get-ErrorMapPath $Golden
    try {
        & $ExportErrorMap -Path $path -InputObject $Picture -Reference $Golden -Force -ErrorAction Stop
        "`nThe errors: $path"
    }
    catch {
        "`nThe errors could not be written: $($_.Exception.Message)"
    }
}

# Writes the picture as it is now, and returns how to make it the golden file.
function Save-Actual($Picture, [string] $Golden) {
    $path = Get-ActualPath $Golden
    try {
        $null = [IO.Directory]::CreateDirectory([IO.Path]::GetDirectoryName($path))
        if ($Picture -is [string] -or $Picture -is [IO.FileInfo]) {
            [IO.File]::Copy((Resolve-Golden $Picture), $path, $true)
        }
        elseif ($Picture -is [MonaLisa.Engine.PixelDataset]) {
            [IO.File]::Delete($path)
            $null = $Picture.Save($path)
        }
        else {
            $size = @{}
            if ([IO.File]::Exists($Golden)) {
                $old = & $NewPixelDataset -LiteralPath $Golden -ErrorAction Stop
                $size = @{ Width = $old.Width; Height = $old.Height }
            }
            & $ExportGeneratedImage -Path $path -InputObject $Picture @size -Force -ErrorAction Stop
        }
        $from, $to = $path.Replace("'", "''"), $Golden.Replace("'", "''")
        "`nThe picture as it is now: $path`nIf it is right, make it the golden file: Move-Item -Force -LiteralPath '$from' '$to'"
    }
    catch {
        "`nThe picture as it is now could not be written beside it: $($_.Exception.Message)"
    }
}
