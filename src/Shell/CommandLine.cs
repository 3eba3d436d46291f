namespace MonaLisa.Shell;

/// <summary>The arguments, which PowerShell itself reads.</summary>
internal static class CommandLine
{
    private static readonly string[] Endings = ["file", "command", "commandwithargs", "cwa", "encodedcommand", "ec"];

    /// <summary>Whether PowerShell runs a script or a command and then ends, without a prompt.</summary>
    /// <param name="arguments">The arguments; PowerShell lets names of options be shortened.</param>
    public static bool EndsWithoutPrompt(IEnumerable<string> arguments)
    {
        foreach (string argument in arguments)
        {
            if (!argument.StartsWith('-'))
                return argument.EndsWith(".ps1", StringComparison.OrdinalIgnoreCase);
            string option = argument.TrimStart('-').ToLowerInvariant();
            if (option.StartsWith("noe", StringComparison.Ordinal))
                return false;
            if (Endings.Any(ending => ending.StartsWith(option, StringComparison.Ordinal)))
                return true;
        }
        return false;
    }
}
