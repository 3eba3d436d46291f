using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Reflection;
using Microsoft.PowerShell.Commands.Internal.Format;

namespace MonaLisa.Shell.Hosting;

/// <summary>
/// What pwsh's own assemblies reach in the engine and the engine does not make public. The engine's version is
/// pinned in the central package versions; the shell's tests cover each use.
/// </summary>
internal static class EngineInternals
{
    private const BindingFlags Hidden = BindingFlags.Instance | BindingFlags.NonPublic;
    private static readonly Assembly Engine = typeof(PSObject).Assembly;

    /// <summary>Lets <c>exit</c> in the next script file end the pipeline, as -File needs it, and not only that script.</summary>
    public static void LetExitEndThePipeline(Runspace runspace)
    {
        object? context = typeof(Runspace).GetProperty("GetExecutionContext", Hidden)?.GetValue(runspace);
        context?.GetType().GetProperty("ScriptCommandProcessorShouldRethrowExit", Hidden)?.SetValue(context, true);
    }

    /// <summary>Makes Out-Default show an error record as an error, not as an object that happens to be one.</summary>
    public static void MarkAsError(PSObject error)
    {
        PropertyInfo? stream = typeof(PSObject).GetProperty("WriteStream", Hidden);
        if (stream is not null)
            stream.SetValue(error, Enum.Parse(stream.PropertyType, "Error"));
    }

    /// <summary>Makes an error appear where its reporter was called, not where the reporter reports it.</summary>
    public static void ReportAt(ErrorRecord error, InvocationInfo caller)
    {
        typeof(ErrorRecord).GetMethod("SetInvocationInfo", Hidden)?.Invoke(error, [caller]);
        typeof(ErrorRecord).GetProperty("PreserveInvocationInfoOnce", Hidden)?.SetValue(error, true);
    }

    /// <summary>Gives a formatting command the engine's implementation for a shape: Table or List.</summary>
    public static void UseShape(FrontEndCommandBase command, string shape)
    {
        Type shapes = FormatType("FormatShape");
        UseImplementation(command, FormatType("InnerFormatShapeCommand"), [shapes], [Enum.Parse(shapes, shape)]);
    }

    /// <summary>Makes a command format what it is given and write the lines to a writer.</summary>
    public static void UseWriter(FrontEndCommandBase command, TextWriter writer, int columns)
    {
        ConstructorInfo lines = FormatType("TextWriterLineOutput").GetConstructor(Hidden, [typeof(TextWriter), typeof(int)])!;
        Type manager = FormatType("OutputManagerInner");
        object implementation = UseImplementation(command, manager, [], []);
        manager.GetProperty("LineOutput", Hidden)!.SetValue(implementation, lines.Invoke([writer, columns]));
    }

    /// <summary>The exception that ends the commands before this one in a pipeline, and nothing after it.</summary>
    public static Exception? StopUpstream(Cmdlet command)
    {
        Type? type = Engine.GetType("System.Management.Automation.StopUpstreamCommandsException");
        ConstructorInfo? constructor = type?.GetConstructors(Hidden | BindingFlags.Public)
            .FirstOrDefault(candidate => candidate.GetParameters().Length == 1);
        return (Exception?)constructor?.Invoke([command]);
    }

    private static object UseImplementation(FrontEndCommandBase command, Type type, Type[] signature, object[] arguments)
    {
        FieldInfo field = typeof(FrontEndCommandBase).GetField("implementation", Hidden)
            ?? throw new MissingFieldException(nameof(FrontEndCommandBase), "implementation");
        object implementation = type.GetConstructor(Hidden | BindingFlags.Public, signature)?.Invoke(arguments)
            ?? throw new MissingMethodException(type.Name, ".ctor");
        field.SetValue(command, implementation);
        return implementation;
    }

    private static Type FormatType(string name) =>
        Engine.GetType("Microsoft.PowerShell.Commands.Internal.Format." + name, throwOnError: true)!;
}
