using System.Management.Automation;

namespace MonaLisa.Shell;

/// <summary>The environment variable <c>PSModulePath</c>, which jobs and other child processes inherit.</summary>
internal static class ModulePath
{
    private const string Variable = "PSModulePath";

    /// <summary>
    /// Puts a folder of modules before all others, the user's own included: PowerShell imports the first module of a name that it
    /// finds, and an older one may be installed.
    /// </summary>
    /// <param name="folder">The folder's full path.</param>
    public static void PutFirst(string folder)
    {
        // PowerShell inserts its usual folders at the front unless they are in the variable already.
        string complete = ModuleIntrinsics.GetModulePath(Environment.GetEnvironmentVariable(Variable), "", "");
        IEnumerable<string> others = complete.Split(Path.PathSeparator).Where(other => other != folder);
        Environment.SetEnvironmentVariable(Variable, string.Join(Path.PathSeparator, [folder, .. others]));
    }
}
