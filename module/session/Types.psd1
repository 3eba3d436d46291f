@{
    # A module of its own, because a manifest's types are loaded before its modules, and OneCopy.psm1 must come first.
    ModuleVersion     = '0.1.0'
    GUID              = 'c2f0a1d4-77f0-4a39-9b7e-2f1f0c5d8e61'
    TypesToProcess    = @('../MonaLisa.PS.types.ps1xml')
    FunctionsToExport = @()
    CmdletsToExport   = @()
    VariablesToExport = @()
    AliasesToExport   = @()
}
