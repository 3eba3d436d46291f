using System.Collections;
using System.Collections.ObjectModel;
using System.Management.Automation;
using Nested = System.Management.Automation.PowerShell;

namespace MonaLisa.PowerShell;

/// <summary>
/// Runs other commands of this module inside a command, on its pipeline thread and in its session: their parameters are checked, and their
/// work is done, as if the user had called them. Errors are thrown; verbose lines, warnings and progress go where the session's go.
/// </summary>
/// <param name="command">The command.</param>
internal sealed class NestedCommand(StoppableCommand command)
{
    // A pipeline, so that an empty one does not prompt for its input.
    private const string Call = "param($command, [hashtable] $parameters, [object[]] $objects) $objects | & $command @parameters";

    private readonly Lock _gate = new();
    private Nested? _running;
    private volatile bool _isStopped;

    /// <summary>The record under which progress is shown.</summary>
    public ProgressActivity? Activity { get; set; }

    /// <summary>Runs a command to its end.</summary>
    /// <param name="type">The command's class.</param>
    /// <param name="parameters">Its parameters.</param>
    /// <param name="input">The input of its pipeline; without any, only the parameters are checked.</param>
    /// <returns>What it wrote.</returns>
    /// <exception cref="NestedCommandException">It wrote or threw an error.</exception>
    /// <exception cref="PipelineStoppedException">The pipeline was stopped.</exception>
    public Collection<PSObject> Run(Type type, IDictionary parameters, params object[] input)
    {
        CmdletAttribute name = type.GetCustomAttributes(inherit: false).OfType<CmdletAttribute>().Single();
        var all = new Hashtable(parameters) { ["ErrorAction"] = ActionPreference.Continue, ["Verbose"] = command.IsVerbose };
        using Nested nested = Nested.Create(RunspaceMode.CurrentRunspace);
        nested.AddScript(Call, useLocalScope: true).AddArgument(new CmdletInfo($"{name.VerbName}-{name.NounName}", type)).AddArgument(all)
            .AddArgument(input);
        Collection<PSObject> output;
        Begin(nested);
        try
        {
            using (Activity?.Enclose())
                output = nested.Invoke();
        }
        catch (RuntimeException exception) when (exception is not PipelineStoppedException)
        {
            throw new NestedCommandException(exception.ErrorRecord);
        }
        finally
        {
            End();
        }
        // A command that was stopped may have ended without an error.
        if (_isStopped || nested.InvocationStateInfo.State == PSInvocationState.Stopped)
            throw new PipelineStoppedException();
        return nested.Streams.Error.Count > 0 ? throw new NestedCommandException(nested.Streams.Error[0]) : output;
    }

    /// <summary>Stops what runs, from any thread; nothing runs after it.</summary>
    public void Stop()
    {
        lock (_gate)
        {
            _isStopped = true;
            _running?.BeginStop(null, null);
        }
    }

    private void Begin(Nested nested)
    {
        lock (_gate)
            _running = _isStopped ? throw new PipelineStoppedException() : nested;
    }

    private void End()
    {
        lock (_gate)
            _running = null;
    }
}

/// <summary>A command inside another one failed.</summary>
/// <param name="error">Its error.</param>
internal sealed class NestedCommandException(ErrorRecord error) : Exception(error.Exception.Message, error.Exception)
{
    /// <summary>The error's identifier, without the command's name.</summary>
    public string ErrorId => error.FullyQualifiedErrorId.Split(',')[0];

    /// <summary>The error's category.</summary>
    public ErrorCategory Category => error.CategoryInfo.Category;

    /// <summary>What went wrong inside: a command wraps what it throws.</summary>
    public Exception Cause => error.Exception is CmdletInvocationException { InnerException: { } cause } ? cause : error.Exception;
}
