using System.Management.Automation.Language;

namespace MonaLisa.Shell;

/// <summary>
/// Says whether a script reads its pipeline input. Redirected standard input is handed only to such a script: any other would
/// wait for the end of an input that may never end, for example in a scheduler that leaves the pipe open.
/// </summary>
internal static class StandardInputScan
{
    public static bool ReadsInput(string text) => ReadsInput(Parser.ParseInput(text, out _, out _));

    public static bool FileReadsInput(string path) => ReadsInput(Parser.ParseFile(path, out _, out _));

    private static bool ReadsInput(ScriptBlockAst script) =>
        script.ProcessBlock is not null
        || (script.ParamBlock?.Find(node => node is NamedAttributeArgumentAst argument && TakesPipeline(argument), false) is not null)
        || script.Find(node => node is VariableExpressionAst variable && IsInput(variable), true) is not null;

    private static bool IsInput(VariableExpressionAst variable) =>
        variable.VariablePath.UserPath.Equals("input", StringComparison.OrdinalIgnoreCase);

    private static bool TakesPipeline(NamedAttributeArgumentAst argument) =>
        argument.ArgumentName.StartsWith("ValueFromPipeline", StringComparison.OrdinalIgnoreCase);
}
