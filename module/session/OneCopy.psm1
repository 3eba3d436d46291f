<#
Refuses a second copy of the module, before the import has changed anything in the session. A process loads an assembly of a name only
once: commands of a second copy would run the first one's code, and its types file repeats every member of the first one's.
Every import runs this and waits some milliseconds for each type and method of .NET that a script names. So this line names one, and only
where another copy is possible does the other script look for it.
#>
if ((Get-Module -Name MonaLisa.PS -All) -or $PSScriptRoot -ne [MonaLisa.PowerShell.ModuleImport]::ScriptFolder) {
    & "$PSScriptRoot/OtherCopy.ps1"
}
