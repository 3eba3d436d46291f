using MonaLisa.HelpBuilder;

if (args is not [string assembly, string folder, string output])
{
    Console.Error.WriteLine("usage: HelpBuilder <the module's assembly> <the folder of its help texts> <the MAML file to write>");
    return 2;
}
try
{
    IReadOnlyList<CommandHelp> texts =
        [.. Directory.GetFiles(folder, "*.md").Order(StringComparer.Ordinal).Select(HelpReader.Read)];
    MamlDocument.Of(ModuleCommands.Of(assembly), texts, folder).Save(output);
    return 0;
}
catch (HelpException exception)
{
    // The form of a compiler's errors, so that the build shows the line.
    Console.Error.WriteLine($"{exception.File}({exception.Line}): error HELP: {exception.Message}");
    return 1;
}
