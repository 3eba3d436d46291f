# Looks for another copy of the module that this process or session uses, and refuses the import if there is one: see OneCopy.psm1.

$folder = [IO.Path]::GetDirectoryName($PSScriptRoot)

function Test-SameFile([string] $One, [string] $Other) {
    [Convert]::ToHexString([Security.Cryptography.SHA256]::HashData([IO.File]::ReadAllBytes($One))) -eq
        [Convert]::ToHexString([Security.Cryptography.SHA256]::HashData([IO.File]::ReadAllBytes($Other)))
}

# The folder of another copy that this process or session uses, with what forbids this one beside it; nothing if there is none.
function Get-OtherCopy {
    foreach ($module in Get-Module -Name MonaLisa.PS -All) {
        if ($module.ModuleBase -ne $folder) {
            return @{ Folder = $module.ModuleBase; Reason = 'a session can use only one' }
        }
    }
    foreach ($assembly in [AppDomain]::CurrentDomain.GetAssemblies()) {
        $name = $assembly.GetName().Name
        if ($name -notin 'MonaLisa.Engine', 'MonaLisa.PS' -or -not $assembly.Location) {
            continue
        }
        # The same bytes in another place do no harm, such as an installed copy that another runspace imports by its name.
        $other = [IO.Path]::GetDirectoryName($assembly.Location)
        if ($other -ne $folder -and -not (Test-SameFile $assembly.Location ([IO.Path]::Combine($folder, "$name.dll")))) {
            return @{ Folder = $other; Reason = 'its code stays loaded until this process ends' }
        }
    }
}

$copy = Get-OtherCopy
if ($copy) {
    $message = "The copy of MonaLisa.PS in '$folder' was not imported, because '$($copy.Folder)' holds the one that is in use here, " +
        "and $($copy.Reason). Use that copy, or import this one in a new PowerShell process."
    throw [Management.Automation.ErrorRecord]::new([InvalidOperationException]::new($message), 'OtherCopyInUse', 'ResourceExists', $folder)
}
