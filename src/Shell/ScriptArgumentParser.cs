using System.Management.Automation.Runspaces;

namespace MonaLisa.Shell;

/// <summary>
/// Turns the arguments after a script's path into parameters as <c>pwsh -File</c> does: every value stays a string and the
/// script's own parameter types convert it; only <c>-Name:$true</c> and <c>-Name:$false</c> become booleans.
/// </summary>
internal static class ScriptArgumentParser
{
    public static IEnumerable<CommandParameter> Parse(IReadOnlyList<string> arguments)
    {
        for (int i = 0; i < arguments.Count; i++)
        {
            string argument = arguments[i];
            if (!IsParameter(argument))
            {
                yield return new CommandParameter(null, argument);
                continue;
            }

            int colon = argument.IndexOf(':', StringComparison.Ordinal);
            if (colon < 0)
                yield return new CommandParameter(argument); // Switch or named parameter: the engine's binder decides.
            else if (colon < argument.Length - 1)
                yield return new CommandParameter(argument[..colon], Value(argument[(colon + 1)..]));
            else if (i + 1 < arguments.Count)
                yield return new CommandParameter(argument[..colon], arguments[++i]);
            else
                yield return new CommandParameter(argument[..colon]);
        }
    }

    // A dash and a digit is a negative number, as in the language.
    private static bool IsParameter(string argument) =>
        argument.Length > 1 && argument[0] == '-' && (char.IsLetter(argument[1]) || argument[1] is '_' or '?');

    private static object Value(string text) => text.ToUpperInvariant() switch
    {
        "$TRUE" => true,
        "$FALSE" => false,
        _ => text,
    };
}
