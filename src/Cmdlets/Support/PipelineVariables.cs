using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using System.Management.Automation.Runspaces;

namespace MonaLisa.PowerShell;

/// <summary>
/// The variables that commands before this one in its pipeline set with -PipelineVariable. A command that passes on an object after it
/// has taken others gives them back the values that they had when its object came, or they would name another one.
/// </summary>
/// <param name="variables">The variables.</param>
internal sealed class PipelineVariables(IReadOnlyList<PSVariable> variables)
{
    private static readonly string[] Names = ["PipelineVariable", "pv"];

    /// <summary>The variables of the commands before a command; null where there are none.</summary>
    public static PipelineVariables? BeforeThis(PSCmdlet command)
    {
        PSVariable[] variables =
        [
            .. CommandsBefore(command.MyInvocation).SelectMany(before => NamesOf(before, command.SessionState))
                .Select(command.SessionState.PSVariable.Get).OfType<PSVariable>(),
        ];
        return variables.Length > 0 ? new PipelineVariables(variables) : null;
    }

    /// <summary>An output that passes a run on with the values that the variables have now.</summary>
    public ITrainingOutput OutputFor(ITrainingOutput output) =>
        new RecallingOutput(output, variables, [.. variables.Select(variable => variable.Value)]);

    // PowerShell tells a command its place in the pipeline, and not what else is in it; the calling statement's text does.
    private static IEnumerable<CommandAst> CommandsBefore(InvocationInfo invocation)
    {
        string text = Runspace.DefaultRunspace?.Debugger?.GetCallStack().FirstOrDefault()?.Position?.Text ?? "";
        IEnumerable<PipelineAst> pipelines = Parser.ParseInput(text, out _, out _).FindAll(part => part is PipelineAst, searchNestedScriptBlocks: true)
            .Cast<PipelineAst>();
        // A value at the pipeline's beginning is no command, and is not counted.
        return pipelines.Select(pipeline => pipeline.PipelineElements.OfType<CommandAst>().ToArray())
            .FirstOrDefault(commands => commands.Length == invocation.PipelineLength &&
                IsCalledAs(invocation.InvocationName, commands[invocation.PipelinePosition - 1]))
            ?.Take(invocation.PipelinePosition - 1) ?? [];
    }

    // A command that a variable names, as in & $command, has no name in the text.
    private static bool IsCalledAs(string name, CommandAst command) =>
        command.GetCommandName() is not string written || string.Equals(written, name, StringComparison.OrdinalIgnoreCase);

    private static IEnumerable<string> NamesOf(CommandAst command, SessionState session)
    {
        for (int i = 0; i < command.CommandElements.Count; i++)
        {
            CommandElementAst element = command.CommandElements[i];
            if (element is CommandParameterAst parameter && IsPipelineVariable(parameter.ParameterName))
            {
                Ast? value = parameter.Argument ?? command.CommandElements.ElementAtOrDefault(i + 1);
                if (value is StringConstantExpressionAst name)
                    yield return name.Value;
            }
            else if (element is VariableExpressionAst { Splatted: true } splatted &&
                Argument.Unwrap(session.PSVariable.GetValue(splatted.VariablePath.UserPath)) is IDictionary table)
                foreach (DictionaryEntry entry in table)
                    if (IsPipelineVariable(entry.Key.ToString()!) && entry.Value?.ToString() is string name)
                        yield return name;
        }
    }

    // PowerShell takes a parameter's beginning for the parameter.
    private static bool IsPipelineVariable(string name) => name.Length > 1 &&
        (Names[0].StartsWith(name, StringComparison.OrdinalIgnoreCase) || Names[1].Equals(name, StringComparison.OrdinalIgnoreCase));

    private sealed class RecallingOutput(ITrainingOutput output, IReadOnlyList<PSVariable> variables, object?[] values) : ITrainingOutput
    {
        public bool IsVerbose => output.IsVerbose;

        public void WriteRun(Engine.TrainingRun run)
        {
            object?[] current = [.. variables.Select(variable => variable.Value)];
            Set(values);
            try
            {
                output.WriteRun(run);
            }
            finally
            {
                // The command that set them may go on with the object that it has in hand.
                Set(current);
            }
        }

        public void KeepStopped(Engine.TrainingRun run) => output.KeepStopped(run);

        public void WriteError(ErrorRecord error) => output.WriteError(error);

        public void Fail(ErrorRecord error, bool endsAll) => output.Fail(error, endsAll);

        public void WriteVerbose(string text) => output.WriteVerbose(text);

        public void WriteWarning(string text) => output.WriteWarning(text);

        public void WriteProgress(ProgressRecord record) => output.WriteProgress(record);

        public void End() => output.End();

        private void Set(object?[] given)
        {
            for (int i = 0; i < variables.Count; i++)
                variables[i].Value = given[i];
        }
    }
}
